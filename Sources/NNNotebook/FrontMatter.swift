import NNSource

/// What stands between `---` lines at the top of a notebook.
package struct FrontMatter: Sendable, Hashable {
  package var title: String?
  package var description: String?
  package var author: String?
  /// The heading it stands under in the list of notebooks.
  package var section: String?
  /// Its place in that list: by number, those without one last.
  package var order: Int?
  /// In the order they are written.
  package var parameters: [Parameter] = []
  /// In seconds.
  package var timeout: Double?
  /// In bytes.
  package var memory: Int?
  package var steps: Int?
  /// In bytes.
  package var outputSize: Int?
  package var tolerance: Tolerance?
  /// Where each key that is given stands, with its value.
  package var ranges: [FrontMatterKey: SourceRange] = [:]

  package init() {}
}

package enum FrontMatterKey: String, CaseIterable, Sendable {
  case title, description, author, section, order, params, timeout, memory, steps, tolerance
  case outputSize = "output-size"
}

/// A name the notebook finds defined above its first cell.
package struct Parameter: Sendable, Hashable {
  package let name: String
  package let value: ParameterValue
  package let nameRange: SourceRange
  package let valueRange: SourceRange
}

package enum ParameterValue: Sendable, Hashable {
  case int(Int)
  case float(Double)
  case bool(Bool)
  case string(String)

  /// "an int", for messages.
  package var kind: String {
    switch self {
    case .int: "an int"
    case .float: "a float"
    case .bool: "a bool"
    case .string: "a string"
    }
  }
}
