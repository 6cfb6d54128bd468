/// The kinds of value that a call can be given, one bit each.
package struct ValueKinds: OptionSet, Sendable, Hashable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let none = ValueKinds(rawValue: 1)
  package static let bool = ValueKinds(rawValue: 2)
  package static let integer = ValueKinds(rawValue: 4)
  /// A number that is no integer.
  package static let float = ValueKinds(rawValue: 8)
  package static let string = ValueKinds(rawValue: 16)
  package static let tensor = ValueKinds(rawValue: 32)
  package static let list = ValueKinds(rawValue: 64)
  package static let tuple = ValueKinds(rawValue: 128)
  package static let range = ValueKinds(rawValue: 256)
  package static let dtype = ValueKinds(rawValue: 512)
  package static let function = ValueKinds(rawValue: 1024)
  package static let network = ValueKinds(rawValue: 2048)
  /// Something with fields: a history, a prediction, a data set.
  package static let record = ValueKinds(rawValue: 4096)
  /// A parameter that was not given.
  package static let absent = ValueKinds(rawValue: 8192)

  package static let all = ValueKinds(rawValue: 16383)
  package static let number: ValueKinds = [.bool, .integer, .float]
  /// What can be gone through one by one.
  package static let sequence: ValueKinds = [.tensor, .list, .tuple, .range]
}

/// What a parameter takes, written as the help says it: `tensor`, `integer or tuple`. The words are
/// those of `kinds(of:)`, with "or" between them; from them come the argument checks, their
/// messages and the reference.
package struct ParameterType: Sendable, Hashable, ExpressibleByStringLiteral {
  /// `integer or tuple`
  package let text: String
  /// The kinds of value it takes; what a value holds (a shape's sizes, a list's elements) is for
  /// the entry itself to look at. Empty for a word that is none of the language's.
  package let kinds: ValueKinds

  package init(stringLiteral text: String) { self.init(text) }

  package init(_ text: String) {
    self.text = text
    var kinds: ValueKinds = []
    for part in Self.parts(of: text) {
      guard let found = Self.kinds(of: part) else {
        self.kinds = []
        return
      }
      kinds.formUnion(found)
    }
    self.kinds = kinds
  }

  private init(text: String, kinds: ValueKinds) {
    self.text = text
    self.kinds = kinds
  }

  /// The same, and `none`.
  package var orNone: ParameterType {
    kinds.contains(.none) || kinds.isEmpty
      ? self : ParameterType(text: text + " or none", kinds: kinds.union(.none))
  }

  private static func kinds(of word: Substring) -> ValueKinds? {
    switch word {
    case "tensor", "matrix": ValueKinds.sequence.union(.number)
    case "number": .number
    case "integer": [.integer, .bool]
    case "bool": .bool
    case "string", "word": .string
    case "tuple": .sequence
    case "sequence": ValueKinds.sequence.union(.string)
    case "shape": ValueKinds.sequence.union([.integer, .bool])
    case "pair": [.tuple, .list, .tensor]
    case "list", "list of tensors": .sequence
    case "list of strings": ValueKinds.sequence.union(.string)
    case "dtype": [.dtype, .string, .function]
    case "function": .function
    case "network": .network
    case "record": .record
    case "none": ValueKinds.none
    case "any", "name": .all
    default: nil
    }
  }

  /// What a message says that it wants: `an integer or a tuple of integers`; `none`, which is the
  /// default wherever it is taken, goes without saying.
  package var wanted: String {
    let words = Self.parts(of: text).filter { $0 != "none" }
    // Whole numbers are what is meant where other numbers are taken too.
    let parts = words.filter { $0 != "number" || !words.contains("integer") }.map(Self.wanted)
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "none" }
    return parts.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func wanted(_ word: Substring) -> String {
    switch word {
    case "any": "a value"
    case "bool": "true or false"
    case "integer": "a whole number"
    case "tuple": "a tuple of whole numbers"
    case "shape": "a size or a tuple of sizes"
    case "pair": "a pair (a, b)"
    case "sequence": "a list, a tensor or a string"
    case "record": "something with fields (a history, say)"
    default: "a " + word
    }
  }

  /// The phrases between the "or"s.
  private static func parts(of text: String) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    for word in text.split(separator: " ") where word == "or" {
      parts.append(text[start..<word.startIndex].dropLast())
      start = text.index(after: word.endIndex)
    }
    return parts + [text[start...]]
  }
}
