import NNSource

/// Whose every name is, by Python's rules: a name assigned anywhere in a function is the
/// function's own throughout it; a nested function captures names of those around it; all others
/// belong to the notebook.
package struct ScopeAnalysis: Sendable {
  /// By the range of the function's definition.
  package let functions: [SourceRange: FunctionScope]
  /// Changes of names that are not the function's own, and files without a literal name.
  package let problems: [Diagnostic]
  /// Calls by a name that is no function's own and no comprehension's.
  let calls: [NamedCall]

  package init(of program: Program, vocabulary: Vocabulary) {
    var builder = ScopeBuilder(vocabulary: vocabulary)
    builder.visit(program.statements)
    functions = builder.functions
    problems = builder.problems
    calls = builder.calls
  }

  package init(of expression: Expression, vocabulary: Vocabulary) {
    var builder = ScopeBuilder(vocabulary: vocabulary)
    builder.visit(expression)
    functions = builder.functions
    problems = builder.problems
    calls = builder.calls
  }
}

/// `f(a)` or `x.f(a)`, whose first argument is then `x`.
struct NamedCall: Sendable {
  let callee: Name
  let arguments: [Argument]
  let isMethod: Bool
}

/// The names of one `def` or lambda, each list in order of first appearance.
package struct FunctionScope: Sendable {
  /// Its own: the parameters first. A comprehension's names are the comprehension's.
  package fileprivate(set) var locals: [String]
  /// Names of the functions and comprehensions around it, also those that only a function inside
  /// it needs; they are captured when it is made.
  package fileprivate(set) var captures: [String] = []
  /// Names looked up in the notebook, or built in, when it is called.
  package fileprivate(set) var globals: [GlobalUse] = []
  /// What its commands, and those of functions inside it, do.
  package fileprivate(set) var effects: Effects = []
  package fileprivate(set) var files: [FileUse] = []
  /// It holds a function that it might return.
  package fileprivate(set) var holdsFunctions = false
}

package struct NameUse: Sendable, Hashable {
  package let name: String
  /// Where it is used first.
  package let range: SourceRange
}

package struct GlobalUse: Sendable {
  package let use: NameUse
  /// It stands only where it is called, so that the function can't hand it on.
  package fileprivate(set) var isOnlyCalled: Bool
}

/// A data set or a file, named in the program.
package struct FileUse: Sendable, Hashable {
  /// `iris`, or the path as it is written.
  package let name: String
  /// A bare word; a path otherwise.
  package let isWord: Bool
  package let isWritten: Bool
  package let range: SourceRange
}

private struct ScopeBuilder {
  let vocabulary: Vocabulary
  var functions: [SourceRange: FunctionScope] = [:]
  var problems: [Diagnostic] = []
  var calls: [NamedCall] = []
  private var frames: [Frame] = []

  init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  /// A function, or a comprehension inside one, around the node in hand.
  private struct Frame {
    var names: Set<String>
    /// nil for a comprehension.
    var function: FunctionScope?
    var seen: [String: Int] = [:]
  }

  // MARK: Statements

  mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    if case .initialize = statement.kind {
      frames.append(Frame(names: Initialization.ownNames, function: nil))
      visitParts(of: statement)
      frames.removeLast()
    } else {
      visitParts(of: statement)
    }
    recordEffects(of: statement)
    if case .define(let definition, _) = statement.kind { visit(definition) }
    for block in statement.blocks { visit(block) }
  }

  private mutating func visitParts(of statement: Statement) {
    for expression in statement.expressions { visit(expression) }
    for change in statement.changes(in: vocabulary) where change.needsValue {
      use(change.name.text, change.name.range, isCallee: false)
      if !change.isBinding { requireOwn(change.name) }
    }
  }

  /// In a function only its own names can be changed.
  private mutating func requireOwn(_ name: Name) {
    guard let frame = frames.last(where: { $0.function != nil }), !frame.names.contains(name.text)
    else { return }
    problems.append(.error(.name(.changesOuterName(name.text)), at: name.range))
  }

  private mutating func recordEffects(of statement: Statement) {
    let uses = statement.fileUses(in: vocabulary)
    problems += uses.problems
    let effects = statement.effects(in: vocabulary)
    for index in frames.indices {
      frames[index].function?.effects.formUnion(effects)
      frames[index].function?.files += uses.files
    }
  }

  // MARK: Expressions

  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .name(let name): use(name, expression.range, isCallee: false)
    case .call(let callee, let arguments):
      if case .name(let name) = callee.kind {
        use(name, callee.range, isCallee: true)
        if !frames.contains(where: { $0.names.contains(name) }) {
          calls.append(
            NamedCall(
              callee: Name(text: name, range: callee.range), arguments: arguments, isMethod: false))
        }
      } else {
        visit(callee)
      }
      for argument in arguments { visit(argument.value) }
    case .method(let base, let name, let arguments):
      for child in expression.children { visit(child) }
      calls.append(
        NamedCall(
          callee: name, arguments: [Argument(name: nil, value: base)] + arguments, isMethod: true))
      if vocabulary.isNotebookMethod(name.text) { use(name.text, name.range, isCallee: true) }
    case .lambda(let definition):
      for standard in definition.parameters.compactMap(\.standard) { visit(standard) }
      visit(definition)
    case .comprehension(let element, let target, let iterable, let conditions):
      visit(iterable)
      frames.append(Frame(names: Set(target.changes.map(\.name.text)), function: nil))
      for condition in conditions { visit(condition) }
      visit(element)
      frames.removeLast()
    default:
      for child in expression.children { visit(child) }
    }
  }

  private mutating func visit(_ definition: FunctionDefinition) {
    for index in frames.indices { frames[index].function?.holdsFunctions = true }
    let locals = definition.locals(in: vocabulary)
    frames.append(Frame(names: Set(locals), function: FunctionScope(locals: locals)))
    visit(definition.body)
    functions[definition.range] = frames.removeLast().function
  }

  /// Finds the frame a name belongs to; the functions between capture it.
  private mutating func use(_ name: String, _ range: SourceRange, isCallee: Bool) {
    let owner = frames.lastIndex { $0.names.contains(name) }
    for index in frames.indices.dropFirst(owner.map { $0 + 1 } ?? 0)
    where frames[index].function != nil {
      if let place = frames[index].seen[name] {
        if owner == nil, !isCallee { frames[index].function?.globals[place].isOnlyCalled = false }
      } else if owner != nil {
        frames[index].seen[name] = 0
        frames[index].function?.captures.append(name)
      } else {
        frames[index].seen[name] = frames[index].function?.globals.count ?? 0
        frames[index].function?.globals.append(
          GlobalUse(use: NameUse(name: name, range: range), isOnlyCalled: isCallee))
      }
    }
  }
}

extension FunctionDefinition {
  /// Parameters, then every name its body assigns.
  fileprivate func locals(in vocabulary: Vocabulary) -> [String] {
    var names = parameters.map(\.name.text)
    var known = Set(names)
    var pending = Array(body.reversed())
    while let statement = pending.popLast() {
      for change in statement.changes(in: vocabulary)
      where change.isBinding && known.insert(change.name.text).inserted {
        names.append(change.name.text)
      }
      pending += statement.blocks.joined().reversed()
    }
    return names
  }
}
