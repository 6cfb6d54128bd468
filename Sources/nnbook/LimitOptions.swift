import ArgumentParser
import NNNotebook
import NNRunner
import NNRuntime

/// What a cell may take, as the command line says: the one place that may allow more.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The most time a cell may take: seconds, or 500ms, 5m, 2h. (default: 300; for eval none)",
      valueName: "time"))
  var timeout: String?

  @Option(
    help: ArgumentHelp(
      "The most memory a notebook's tensors may take, 512MB say. (default: 8GiB)",
      valueName: "size"))
  var memory: String?

  @Option(
    help: ArgumentHelp(
      "The most steps a cell may take: loop turns, calls, 64 numbers computed. (default: 1e12)",
      valueName: "count"))
  var steps: String?

  @Option(
    help: ArgumentHelp(
      "The most text a cell may print, 1MB say. (default: 8MiB)", valueName: "size"))
  var outputSize: String?

  func validate() throws { _ = try limits(NotebookRunner.standardLimits) }

  /// A notebook may ask for less of each.
  var limits: Limits {
    (try? limits(NotebookRunner.standardLimits)) ?? NotebookRunner.standardLimits
  }

  /// Those that are given here, the others as in `standard`.
  func limits(_ standard: Limits) throws -> Limits {
    var limits = standard
    limits.seconds =
      try Self.value(
        "timeout", timeout, "a number of seconds above 0, or a time like 500ms, 5m, 2h",
        { Self.plainSeconds($0) ?? Literals.seconds($0) })
      ?? limits.seconds
    let size = "a number above 0 and a unit, as in 512MB or 2GB"
    limits.memory = try Self.value("memory", memory, size, Literals.bytes) ?? limits.memory
    limits.steps =
      try Self.value(
        "steps", steps, "a whole number above 0, as in 1000000 or 1e6", Literals.count)
      ?? limits.steps
    limits.outputBytes =
      try Self.value("output-size", outputSize, size, Literals.bytes) ?? limits.outputBytes
    return limits
  }

  /// A number without a unit. `Double` reads hexadecimal too, which nobody means here.
  private static func plainSeconds(_ text: String) -> Double? {
    guard !text.utf8.contains(where: { "xX".utf8.contains($0) }), let value = Double(text) else {
      return nil
    }
    return value > 0 && value.isFinite ? value : nil
  }

  private static func value<Value>(
    _ name: String, _ text: String?, _ form: String, _ read: (String) -> Value?
  ) throws -> Value? {
    guard let text else { return nil }
    guard let value = read(text) else {
      throw ValidationError("'--\(name)' is \(form), not '\(text)'.")
    }
    return value
  }
}
