import NNLanguage
import NNSource
import NNTensor

/// One entry a function or verb: what the language says of it, and what it does. A class, so that a
/// call hands on one reference and not the whole signature. Immutable once made.
package final class RegistryEntry: @unchecked Sendable {
  /// A function's result; a command's result is stored in its `changed` or `binding` parameter,
  /// and is `.none` where it has neither.
  package typealias Body = @Sendable (Arguments) throws -> Value

  package let signature: Signature
  package let body: Body
  /// What each fixed parameter takes, in their order, and the variadic one. A pointer, since every
  /// call reads it.
  let accepted: UnsafePointer<ValueKinds>
  let acceptedRest: ValueKinds

  package init(_ signature: Signature, _ body: @escaping Body) {
    self.signature = signature
    self.body = body
    let parameters = signature.parameters
    let fixed = parameters.filter { $0.form != .variadic }.map(\.acceptedKinds)
    let accepted = UnsafeMutablePointer<ValueKinds>.allocate(capacity: max(fixed.count, 1))
    accepted.initialize(from: fixed, count: fixed.count)
    self.accepted = UnsafePointer(accepted)
    acceptedRest = parameters.first { $0.form == .variadic }?.acceptedKinds ?? .all
  }

  deinit { accepted.deallocate() }

  /// `sum(x, axis=none, keepdims=false)` and the like.
  static func function(
    _ name: String, _ parameters: [SignatureParameter], family: String, _ summary: String,
    example: String, effects: Effects = [], notes: String = "", seeAlso: [String] = [],
    shape: ShapeRule? = nil, _ body: @escaping Body
  ) -> RegistryEntry {
    RegistryEntry(
      Signature(
        .function, name, [Clause(nil, parameters)], family: family, summary: summary,
        example: example, effects: effects, notes: notes, seeAlso: seeAlso, shape: shape),
      body)
  }

  static func command(
    _ name: String, _ clauses: [Clause], options: [SignatureParameter] = [], family: String,
    _ summary: String, example: String, effects: Effects = [], notes: String = "",
    seeAlso: [String] = [], forms: [String] = [], _ body: @escaping Body
  ) -> RegistryEntry {
    RegistryEntry(
      Signature(
        .command, name, clauses, options: options, family: family, summary: summary,
        example: example, effects: effects, notes: notes, seeAlso: seeAlso, forms: forms), body)
  }
}

/// Everything the language has. Each family stands in a file of its own and adds itself here.
package enum Registry {
  package static let entries: [RegistryEntry] = functionEntries + commandEntries

  package static let functionEntries: [RegistryEntry] =
    makingFunctions + shapeFunctions + mathsFunctions + reductionFunctions + searchFunctions
    + algebraFunctions + randomFunctions + activationFunctions + lossFunctions + textFunctions
    + imageFunctions

  package static let commandEntries: [RegistryEntry] =
    textCommands + chartCommands + networkCommands + checkCommands + dataCommands

  package static let functions: [String: RegistryEntry] = byName(functionEntries)
  package static let commands: [String: RegistryEntry] = byName(commandEntries)

  /// What the parser reads: every entry, and the layer kinds.
  package static let vocabulary = Vocabulary(
    entries.map(\.signature) + layerSignatures + [networkSignature],
    constants: Set(constants.map(\.name)))

  /// The names a notebook finds there: built-in functions, constants, dtypes.
  static let predefined: [String: Value] = {
    var values = Dictionary(constants.map { ($0.name, $0.value) }) { first, _ in first }
    // `bool` is a function too, and stands for the dtype where one is wanted.
    for entry in functionEntries {
      values[entry.signature.name] = .function(FunctionValue(.builtin(entry)))
    }
    return values
  }()

  package static let predefinedNames: [String] = predefined.keys.sorted()

  private static func byName(_ entries: [RegistryEntry]) -> [String: RegistryEntry] {
    Dictionary(entries.map { ($0.signature.name, $0) }) { first, _ in first }
  }
}

/// Parameters that many entries share.
extension SignatureParameter {
  static let x = SignatureParameter("x", "tensor", help: "a number, a tensor or a list of numbers")
  static let axis = SignatureParameter(
    "axis", "integer", standard: "none",
    help: "the axis to go along: 0 down the rows, 1 across the columns, -1 the last; "
      + "none takes all elements in one row")
  /// As `axis`, for functions that fold several at once.
  static let axes = SignatureParameter(
    "axis", "integer or tuple", standard: "none",
    help: "the axis that is folded away: 0 goes down the rows and leaves one result a column, "
      + "1 leaves one a row; a tuple folds several, none all")
  static let keepdims = SignatureParameter(
    "keepdims", "bool", standard: "false",
    help: "whether the folded axis stays, with length 1, so that the result fits the tensor again")
  static let title = SignatureParameter(
    "title", "string", standard: "none", help: "the heading above it")
  static let xlabel = SignatureParameter(
    "xlabel", "string", standard: "none", help: "what the horizontal axis counts")
  static let ylabel = SignatureParameter(
    "ylabel", "string", standard: "none", help: "what the vertical axis counts")

  static func dtype(_ standard: String) -> SignatureParameter {
    SignatureParameter(
      "dtype", "dtype", standard: standard,
      help: "the elements' type: bool, uint8, int64, float32 or float64"
        + (standard == "none" ? "; none keeps what the values give" : ""))
  }
}
