import NNSource

/// What a statement does besides changing names.
extension Statement {
  /// Of its verb; what the functions in its expressions do is not among them.
  func effects(in vocabulary: Vocabulary) -> Effects {
    switch kind {
    case .command(let command): vocabulary.commands[command.verb.text]?.effects ?? []
    case .network: vocabulary.commands["network"]?.effects ?? []
    case .initialize:
      (vocabulary.commands["init"]?.effects ?? [])
        .union(fileUses(in: vocabulary).files.isEmpty ? [] : .readsFile)
    default: []
    }
  }

  /// The data sets and files it names. Files are named by literals, so that what a cell depends on
  /// can be read off its source.
  func fileUses(in vocabulary: Vocabulary) -> (files: [FileUse], problems: [Diagnostic]) {
    switch kind {
    case .command(let command):
      guard let signature = vocabulary.commands[command.verb.text],
        !signature.effects.isDisjoint(with: [.readsFile, .writesFile])
      else { return ([], []) }
      return command.fileUses(signature)
    case .initialize(let initialization):
      guard case .values(let values) = initialization.source else { return ([], []) }
      return (values.compactMap { $0.fileUse(isWritten: false) }, [])
    default: return ([], [])
    }
  }
}

extension Command {
  fileprivate func fileUses(_ signature: Signature) -> (files: [FileUse], problems: [Diagnostic]) {
    var files: [FileUse] = []
    var problems: [Diagnostic] = []
    for (clause, operands) in zip(signature.clauses, clauses) {
      for (parameter, operand) in zip(clause.parameters, operands)
      where signature.isFile(parameter, in: clause) {
        if let use = operand.fileUse(isWritten: signature.effects.contains(.writesFile)) {
          files.append(use)
        } else if case .expression(let value) = operand {
          problems.append(.error(.name(.fileNotLiteral(verb: verb.text)), at: value.range))
        }
      }
    }
    return (files, problems)
  }
}

extension Signature {
  /// Words name files where there are any; else the operand after `to`, or the first one.
  fileprivate func isFile(_ parameter: SignatureParameter, in clause: Clause) -> Bool {
    if clauses.contains(where: { $0.parameters.contains { $0.form == .word } }) {
      return parameter.form == .word
    }
    return effects.contains(.writesFile) ? clause.word == "to" : clause.word == nil
  }
}

extension Operand {
  fileprivate func fileUse(isWritten: Bool) -> FileUse? {
    switch self {
    case .word(let name):
      FileUse(name: name.text, isWord: true, isWritten: isWritten, range: name.range)
    case .expression(let value): value.fileUse(isWritten: isWritten)
    }
  }
}

extension Expression {
  fileprivate func fileUse(isWritten: Bool) -> FileUse? {
    guard case .string(let path) = kind else { return nil }
    return FileUse(name: path, isWord: false, isWritten: isWritten, range: range)
  }
}

extension Vocabulary {
  /// Fields that can be called: `relu.derivative(x)`.
  private static let callableFields: Set<String> = ["derivative"]

  /// `x.f(a)` calls a function of the notebook: there is no built-in `f`.
  func isNotebookMethod(_ name: String) -> Bool {
    functions[name] == nil && !Self.callableFields.contains(name)
  }

  package func isBuiltIn(_ name: String) -> Bool {
    functions[name] != nil || constants.contains(name)
  }
}
