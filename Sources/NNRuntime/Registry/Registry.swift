import NNLanguage
import NNSource
import NNTensor

/// One entry a function or verb: what the language says of it, and what it does. A class, so that a
/// call hands on one reference and not the whole signature.
package final class RegistryEntry: Sendable {
  /// A function's result; a command's result is stored in its `changed` or `binding` parameter,
  /// and is `.none` where it has neither.
  package typealias Body = @Sendable (Arguments) throws -> Value

  package let signature: Signature
  package let body: Body

  package init(_ signature: Signature, _ body: @escaping Body) {
    self.signature = signature
    self.body = body
  }

  /// `sum(x, axis=none, keepdims=false)` and the like.
  static func function(
    _ name: String, _ parameters: [SignatureParameter], family: String, _ summary: String,
    example: String, effects: Effects = [], shape: ShapeRule? = nil, _ body: @escaping Body
  ) -> RegistryEntry {
    RegistryEntry(
      Signature(
        .function, name, [Clause(nil, parameters)], family: family, summary: summary,
        example: example, effects: effects, shape: shape), body)
  }

  static func command(
    _ name: String, _ clauses: [Clause], options: [SignatureParameter] = [], family: String,
    _ summary: String, example: String, effects: Effects = [], _ body: @escaping Body
  ) -> RegistryEntry {
    RegistryEntry(
      Signature(
        .command, name, clauses, options: options, family: family, summary: summary,
        example: example, effects: effects), body)
  }
}

/// Everything the language has. Each family stands in a file of its own and adds itself here.
package enum Registry {
  package static let entries: [RegistryEntry] = functionEntries + commandEntries

  static let functionEntries: [RegistryEntry] =
    makingFunctions + shapeFunctions + mathsFunctions + reductionFunctions + searchFunctions
    + algebraFunctions + randomFunctions + activationFunctions + lossFunctions + textFunctions

  static let commandEntries: [RegistryEntry] =
    textCommands + chartCommands + networkCommands + checkCommands

  package static let functions: [String: RegistryEntry] = byName(functionEntries)
  package static let commands: [String: RegistryEntry] = byName(commandEntries)

  /// What the parser reads: every entry, and the layer kinds.
  package static let vocabulary = Vocabulary(
    entries.map(\.signature) + layerSignatures + [networkSignature])

  /// The names a notebook finds there: built-in functions, constants, dtypes.
  static let predefined: [String: Value] = {
    var values = constants
    // `bool` is a function too, and stands for the dtype where one is wanted.
    for entry in functionEntries {
      values[entry.signature.name] = .function(FunctionValue(.builtin(entry)))
    }
    return values
  }()

  private static let constants: [String: Value] = {
    var values: [String: Value] = [
      "pi": .float(.pi), "e": .float(2.718281828459045), "inf": .float(.infinity),
      "nan": .float(.nan),
    ]
    for dtype in DType.allCases { values[dtype.name] = .dtype(dtype) }
    return values
  }()

  package static let predefinedNames: [String] = predefined.keys.sorted()

  private static func byName(_ entries: [RegistryEntry]) -> [String: RegistryEntry] {
    Dictionary(entries.map { ($0.signature.name, $0) }) { first, _ in first }
  }
}

/// Parameters that many entries share.
extension SignatureParameter {
  static let x = SignatureParameter("x", "tensor")
  static let axis = SignatureParameter("axis", "integer", standard: "none")
  static let keepdims = SignatureParameter("keepdims", "bool", standard: "false")
  static let title = SignatureParameter("title", "string", standard: "none")
  static let xlabel = SignatureParameter("xlabel", "string", standard: "none")
  static let ylabel = SignatureParameter("ylabel", "string", standard: "none")

  static func dtype(_ standard: String) -> SignatureParameter {
    SignatureParameter("dtype", "dtype", standard: standard)
  }
}
