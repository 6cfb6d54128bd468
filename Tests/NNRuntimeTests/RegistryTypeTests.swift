import NNLanguage
import NNNetwork
import NNOutput
import NNSource
import Testing

@testable import NNRuntime

/// The declared types are true: what a type leaves out is refused in its words, and what it lets in
/// is not refused by the entry itself for its kind.
@Suite struct RegistryTypeTests {
  /// A value of each kind, as a program writes it.
  private static let samples: [(kinds: ValueKinds, text: String)] = [
    (.none, "none"), (.bool, "true"), (.integer, "1"), (.float, "0.5"), (.string, "\"a\""),
    (.tensor, "[[1, 2], [3, 4]]"), (.list, "list(1, 2)"), (.tuple, "(1, 2)"), (.range, "range(2)"),
    (.dtype, "float64"), (.function, "tanh"), (.network, "net0"), (.record, "net0.history"),
  ]

  private static let prelude = """
    seed 1
    network net0:
        input 2
        dense 1 sigmoid

    """

  /// Something that suits a parameter which is not the one looked at.
  private static func suitable(_ parameter: SignatureParameter, _ callee: String) -> String {
    let kinds = parameter.type.kinds
    // Numbers side by side are what these take besides a tensor; a list takes any value.
    if callee == "min" || callee == "max" { return "1" }
    if callee == "append" { return "list(\"a\")" }
    if kinds == .network { return "net0" }
    if parameter.form == .word { return parameter.words.first ?? "\"a\"" }
    if kinds.contains(.tensor), !kinds.contains(.integer) { return "[[1, 2], [3, 4]]" }
    if kinds.contains(.tensor) { return "[1, 1]" }
    if kinds.contains(.integer) { return "1" }
    if kinds.contains(.dtype) { return "float64" }
    return "\"a\""
  }

  /// A call with what must be given and `value` for the parameter at `index`.
  private static func call(
    _ signature: Signature, _ index: Int?, _ value: String, isNamed: Bool = false,
    extra: [String] = []
  ) -> String {
    let target = index.map { signature.parameters[$0] }
    // Numbers side by side are given by place.
    let isByPlace =
      target?.form == .variadic
      || target != nil && !isNamed && ["min", "max"].contains(signature.name)
    var parts: [String] = []
    for (place, parameter) in signature.parameters.enumerated() {
      if place == index {
        let isNamed = parameter.standard != nil && parameter.form == .value && !isByPlace
        parts.append(isNamed ? "\(parameter.name)=\(value)" : value)
      } else if parameter.isRequired || isByPlace && place < index ?? 0 {
        parts.append(suitable(parameter, signature.name))
      }
    }
    let text = "\(signature.name)(\((parts + extra).joined(separator: ", ")))"
    return signature.kind == .command ? text : "it = \(text)"
  }

  /// The parameters that an argument of any kind can be given to: not names, not bare words.
  private static func isCheckable(_ signature: Signature, _ parameter: SignatureParameter) -> Bool {
    guard signature.name != "init", signature.name != "check", signature.name != "load" else {
      return false
    }
    return parameter.form == .value || parameter.form == .variadic
  }

  @Test(arguments: Registry.entries.map(\.signature.name))
  func declaredTypesAreTrue(_ name: String) {
    for signature in Registry.entries.map(\.signature) where signature.name == name {
      for (index, parameter) in signature.parameters.enumerated()
      where Self.isCheckable(signature, parameter) {
        for (kind, sample) in Self.samples {
          // Of texts and functions only those that name a dtype are one.
          let text =
            parameter.type.kinds.contains(.dtype) && parameter.type != "any"
            ? [.string: "\"float64\"", .function: "float"][kind] ?? sample : sample
          let isTaken = parameter.type.kinds.contains(kind)
          let program = Self.prelude + Self.call(signature, index, text)
          let problem = ProgramRun(program).failure?.problem
          let isRefused = Self.isRefusal(problem, of: parameter)
          if isTaken {
            #expect(!isRefused, "\(name): \(parameter.name) refuses \(text)")
          } else {
            #expect(problem != nil, "\(name): \(parameter.name) takes \(text)")
          }
        }
      }
    }
  }

  /// For its kind: what it holds may still be wrong.
  private static func isRefusal(_ problem: Problem?, of parameter: SignatureParameter) -> Bool {
    guard case .call(.wrongType(_, let name, let expected, _, _)) = problem else { return false }
    return name == parameter.name && expected == parameter.wanted
  }

  /// A default that the help tells is the one that is taken: giving it changes nothing.
  @Test(arguments: Registry.entries.map(\.signature.name))
  func declaredDefaultsAreTaken(_ name: String) {
    for signature in Registry.entries.map(\.signature) where signature.name == name {
      for (index, parameter) in signature.parameters.enumerated()
      where Self.isCheckable(signature, parameter) && parameter.form == .value {
        guard let standard = parameter.standard else { continue }
        // A setting of some optimizers belongs to one that has it.
        let extra = Self.optimizer(having: parameter.name).map { ["optimizer=\"\($0)\""] } ?? []
        let given = Self.shown(
          Self.call(signature, index, standard, isNamed: true, extra: extra))
        let without = Self.shown(Self.call(signature, nil, "", extra: extra))
        #expect(given == without, "\(name): \(parameter.name)=\(standard) is not the default")
      }
    }
  }

  private static func optimizer(having setting: String) -> String? {
    guard let setting = Optimizer.Setting(rawValue: setting) else { return nil }
    return Optimizer.Kind.allCases.first { $0.settings.contains(setting) }?.rawValue
  }

  private static func shown(_ call: String) -> String {
    let run = ProgramRun(prelude + call + (call.hasPrefix("it = ") ? "\nprint it" : ""))
    return run.failure.map { "\($0.problem)" } ?? "\(run.outputs)"
  }

  /// What stands beside the words of `kinds(of:)` and of messages is spelled out.
  @Test func everyTypeSaysWhatItWants() {
    for signature in Registry.entries.map(\.signature) + Registry.layerSignatures {
      for parameter in signature.parameters {
        let wanted = parameter.wanted
        #expect(!wanted.isEmpty && !wanted.contains("a integer"), "\(signature.name): \(wanted)")
      }
    }
  }

  /// The words of an option are those the engine knows: none is told as unknown.
  @Test func constantsAreTheVocabulary() {
    let vocabulary = Registry.vocabulary
    #expect(Set(Registry.predefined.keys) == vocabulary.constants.union(vocabulary.functions.keys))
  }
}
