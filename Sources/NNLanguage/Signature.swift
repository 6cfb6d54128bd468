/// What the language knows of one function, verb or layer kind: data, read by the parser, the
/// argument checks, the suggestions and the help alike. The registry in NNRuntime pairs each with
/// what it does.
package struct Signature: Sendable {
  package enum Kind: Sendable { case function, command, layer }

  package let name: String
  package let kind: Kind
  /// A function has one clause. A command has its first operands, then one clause per little word.
  package let clauses: [Clause]
  /// A command's `name=value` options. A function has none: its parameters can all be named.
  package let options: [SignatureParameter]
  /// The heading it stands under in the help.
  package let family: String
  package let summary: String
  /// A program that runs as it stands and shows the thing at work.
  package let example: String
  /// What it does besides computing a value, for the analysis of what a cell depends on.
  package let effects: Effects
  /// What the analysis knows of its result's shape; nil for nothing.
  package let shape: ShapeRule?
  /// What there is to teach beyond the summary, paragraph by paragraph, code between backticks;
  /// empty where there is none.
  package let notes: String
  /// The names of entries and topics to read next.
  package let seeAlso: [String]
  /// The ways it is written, where the clauses can't tell.
  package let forms: [String]

  package init(
    _ kind: Kind, _ name: String, _ clauses: [Clause], options: [SignatureParameter] = [],
    family: String, summary: String, example: String, effects: Effects = [], notes: String = "",
    seeAlso: [String] = [], forms: [String] = [],
    shape: ShapeRule? = nil
  ) {
    self.name = name
    self.kind = kind
    self.clauses = clauses
    self.options = options
    self.family = family
    self.summary = summary
    self.example = example
    self.effects = effects
    self.shape = shape
    self.notes = notes
    self.seeAlso = seeAlso
    self.forms = forms
  }

  /// All that can be given, in the order a call gives it by place: operands, then options.
  package var parameters: [SignatureParameter] { clauses.flatMap(\.parameters) + options }
}

/// What running something does besides computing a value.
package struct Effects: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// It may draw from the random stream.
  package static let random = Effects(rawValue: 1)
  /// It prints or draws.
  package static let output = Effects(rawValue: 2)
  package static let readsFile = Effects(rawValue: 4)
  package static let writesFile = Effects(rawValue: 8)
  /// It sets the random stream, whatever that was before.
  package static let seeds = Effects(rawValue: 16)
}

package struct Clause: Sendable {
  /// The little word that begins it: `on`, `from`, `to`, `as`; nil for the first operands.
  package let word: String?
  package let parameters: [SignatureParameter]
  package let isOptional: Bool

  package init(_ word: String?, _ parameters: [SignatureParameter], isOptional: Bool = false) {
    self.word = word
    self.parameters = parameters
    self.isOptional = isOptional
  }

  /// The first operands.
  package init(_ parameters: [SignatureParameter]) { self.init(nil, parameters) }
}

package struct SignatureParameter: Sendable {
  package enum Form: Sendable, Hashable {
    /// An expression.
    case value
    /// Any number of expressions.
    case variadic
    /// A name that the command binds: `as d`.
    case binding
    /// A name (or field) that the command reads and changes: `train net`.
    case changed
    /// A bare word of the list, or a string: a known data set.
    case word
  }

  package let name: String
  package let form: Form
  /// The default as the help shows it; nil if it must be given.
  package let standard: String?
  /// The bare words it takes (`loss=mse`); a word of the list reads no name.
  package let words: [String]
  /// What it takes; `none` too where that is the default.
  package let type: ParameterType
  /// What it is, for the help, in one line.
  package let help: String

  package init(
    _ name: String, _ type: ParameterType, form: Form = .value, standard: String? = nil,
    words: [String] = [], help: String = ""
  ) {
    self.name = name
    self.type = standard == "none" ? type.orNone : type
    self.help = help
    self.form = form
    self.standard = standard
    self.words = words
  }

  package var isRequired: Bool { standard == nil && form != .variadic }
}

/// The names the parser needs to tell a command from an expression.
package struct Vocabulary: Sendable {
  package let commands: [String: Signature]
  package let layers: [String: Signature]
  package let functions: [String: Signature]
  /// Predefined names that are no functions.
  package let constants: Set<String>

  package init(_ signatures: [Signature], constants: Set<String>) {
    self.constants = constants
    var commands: [String: Signature] = [:]
    var layers: [String: Signature] = [:]
    var functions: [String: Signature] = [:]
    for signature in signatures {
      switch signature.kind {
      case .command: commands[signature.name] = signature
      case .layer: layers[signature.name] = signature
      case .function: functions[signature.name] = signature
      }
    }
    self.commands = commands
    self.layers = layers
    self.functions = functions
  }
}
