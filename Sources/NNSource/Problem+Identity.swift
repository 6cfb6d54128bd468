extension Problem {
  /// The name of the fact, its values left out: `tensor.matmul`, `syntax.command.unknownOption`.
  /// It stays when the wording is bettered, so that a program can tell findings apart.
  package var identity: String {
    var words: [String] = []
    var current: Any = self
    while true {
      let mirror = Mirror(reflecting: current)
      guard mirror.displayStyle == .enum else { break }
      guard let payload = mirror.children.first, let label = payload.label else {
        words.append("\(current)")
        break
      }
      words.append(label)
      // A case's value is a fact of its own where a topic holds another one.
      guard Self.isProblem(payload.value) else { break }
      current = payload.value
    }
    return words.joined(separator: ".")
  }

  private static func isProblem(_ value: Any) -> Bool {
    "\(type(of: value))".hasSuffix("Problem")
  }
}
