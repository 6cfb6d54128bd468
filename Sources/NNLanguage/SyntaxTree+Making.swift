import NNSource

// Nodes made outside this module: the compiler writes a command's hidden functions as tree.

extension Program {
  package init(_ statements: [Statement]) { self.statements = statements }
}

extension Name {
  package init(_ text: String, _ range: SourceRange) {
    self.text = text
    self.range = range
  }
}

extension Statement {
  package init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

extension Target {
  package init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

extension FunctionDefinition {
  package init(_ parameters: [Name], _ body: [Statement], _ range: SourceRange) {
    self.parameters = parameters.map { Parameter(name: $0, standard: nil) }
    self.body = body
    self.range = range
  }
}

/// Inside this module there is no other operand to confuse it with.
typealias Operand = CommandOperand
