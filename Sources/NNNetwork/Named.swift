import NNSource

/// A closed list of words of the language: activations, losses, optimizers …
package protocol Named: RawRepresentable<String>, CaseIterable {
  /// What one of them is called in messages.
  static var kind: String { get }
}

extension Named {
  /// The one called `name`, or a problem that lists those there are.
  package init(named name: String) throws {
    guard let found = Self(rawValue: name) else {
      throw Problem.network(
        .unknownWord(kind: Self.kind, name: name, known: Self.allCases.map(\.rawValue)))
    }
    self = found
  }
}
