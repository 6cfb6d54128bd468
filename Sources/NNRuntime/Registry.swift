import NNLanguage
import NNSource

/// One entry a function, verb or layer kind: what the language says of it, and what it does.
package struct RegistryEntry: Sendable {
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
  package static func function(
    _ name: String, _ parameters: [SignatureParameter], family: String, _ summary: String,
    example: String, _ body: @escaping Body
  ) -> RegistryEntry {
    RegistryEntry(
      Signature(
        .function, name, [Clause(parameters)], family: family, summary: summary, example: example),
      body)
  }

  package static func command(
    _ name: String, _ clauses: [Clause], options: [SignatureParameter] = [], family: String,
    _ summary: String, example: String, _ body: @escaping Body
  ) -> RegistryEntry {
    RegistryEntry(
      Signature(
        .command, name, clauses, options: options, family: family, summary: summary,
        example: example),
      body)
  }
}

/// Everything the language has, by family; each family stands in a file of its own.
package enum Registry {
  package static let entries: [RegistryEntry] = [] as [RegistryEntry]
}
