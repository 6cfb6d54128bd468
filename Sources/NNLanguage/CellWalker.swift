import NNSource

/// Walks one cell in the order it runs and keeps what is certain at each place.
struct CellWalker {
  let vocabulary: Vocabulary
  let scopes: ScopeAnalysis
  let names: NotebookNames
  let unit: Int
  let checksNames: Bool
  var table: NameTable
  var analysis = CellAnalysis()

  /// Names that certainly have a value of this cell's here; the stream's own is `randomStream`.
  private var certain: Set<String> = []
  /// What became certain in each open branch, to be taken back at its end.
  private var branches: [[String]] = []
  /// Certain to the cell's end.
  private var lasting: Set<String> = []
  /// Names of comprehensions, and of initialisers' arguments, around the expression in hand.
  private var hidden: [String: Int] = [:]
  /// Carriers mentioned and names assigned in the outermost open loop: what a later pass through it
  /// may meet.
  private var loopDepth = 0
  private var loopCarriers: [Int] = []
  private var loopNames: [String] = []

  private var readNames: Set<String> = []
  private var usedNames: Set<String> = []
  private var usedCarriers: Set<Int> = []
  private var writtenNames: Set<String> = []
  private(set) var unknownNames: Set<String> = []
  private var knownFiles: Set<FileUse> = []
  /// Bare names that stand as values of options with words of their own, by their places.
  private var wordOptions: [SourceRange: SignatureParameter] = [:]

  private static let randomStream = "(random stream)"

  init(
    _ vocabulary: Vocabulary, _ scopes: ScopeAnalysis, _ table: NameTable, _ names: NotebookNames,
    unit: Int, checksNames: Bool
  ) {
    self.vocabulary = vocabulary
    self.scopes = scopes
    self.table = table
    self.names = names
    self.unit = unit
    self.checksNames = checksNames
    analysis.findings = scopes.problems
    // Such a name is reported once, whether it exists or not.
    for case .name(.changesOuterName(let name)) in scopes.problems.map(\.problem) {
      unknownNames.insert(name)
    }
  }

  /// A name that is not certainly written may keep its value from above, so it is read too.
  mutating func finish() -> CellAnalysis {
    for index in analysis.writes.indices {
      let write = analysis.writes[index]
      analysis.writes[index].isCertain = lasting.contains(write.name)
      if !lasting.contains(write.name), readNames.insert(write.name).inserted {
        analysis.reads.append(
          NameRead(name: write.name, range: write.range, function: nil, isOnlyKept: true))
      }
    }
    analysis.mayKeepRandomState =
      analysis.changesRandomState && !lasting.contains(Self.randomStream)
    let order = analysis.findings.enumerated().sorted {
      ($0.element.range.lower, $0.offset) < ($1.element.range.lower, $1.offset)
    }
    analysis.findings = order.map(\.element)
    return analysis
  }

  // MARK: Statements

  mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .if(let condition, let then, let otherwise):
      _ = visit(condition)
      let both = Set(branch { $0.visit(then) })
      for name in branch({ $0.visit(otherwise) }) where both.contains(name) { makeCertain(name) }
    case .while(let condition, let body):
      loop {
        _ = $0.visit(condition)
        _ = $0.branch { $0.visit(body) }
      }
    case .for(_, let iterable, let body):
      loop { walker in
        let carriers = walker.visit(iterable)
        _ = walker.branch {
          $0.change(statement, carriers: carriers)
          $0.visit(body)
        }
      }
    case .define(let definition, let name):
      define(name, definition)
    default: visitSimple(statement)
    }
  }

  private mutating func visitSimple(_ statement: Statement) {
    if case .assign(let target, let value) = statement.kind, case .name(let name) = target.kind,
      case .lambda(let definition) = value.kind
    {
      return define(name, definition)
    }
    var hidesNames = false
    if case .initialize = statement.kind { hidesNames = true }
    var carriers: [Int] = []
    if hidesNames { hide(Initialization.ownNames) }
    noteWordOptions(of: statement)
    for expression in statement.expressions { carriers += visit(expression) }
    if hidesNames { unhide(Initialization.ownNames) }
    act(statement.effects(in: vocabulary), statement.fileUses(in: vocabulary).files, lasts: false)
    change(statement, carriers: carriers)
  }

  private mutating func define(_ name: Name, _ definition: FunctionDefinition) {
    for standard in definition.parameters.compactMap(\.standard) { _ = visit(standard) }
    if let scope = scopes.functions[definition.range] {
      analysis.functions.append(
        DefinedFunction(name: name.text, range: definition.range, scope: scope))
    }
    noteWordOptions(within: definition.body)
    let entry = NameTable.Entry(carrier: carrier(of: definition), isFunction: true)
    assign(NameChange(new: name), entry)
  }

  private mutating func change(_ statement: Statement, carriers: [Int]) {
    let entry = NameTable.Entry(carrier: table.join(carriers))
    for change in statement.changes(in: vocabulary) {
      if change.needsValue { read(change.name.text, change.name.range) }
      assign(change, entry)
    }
  }

  private mutating func assign(_ change: NameChange, _ entry: NameTable.Entry) {
    let name = change.name.text
    table.assign(name, entry, keepsOld: !branches.isEmpty || change.needsValue)
    if writtenNames.insert(name).inserted {
      analysis.writes.append(NameWrite(name: name, range: change.name.range, isCertain: false))
    }
    makeCertain(name)
    if loopDepth > 0 { loopNames.append(name) }
    // A function that was called before may be called again and meet the new value.
    if usedNames.contains(name), let carrier = table[name]?.carrier {
      call(carrier, through: name, at: change.name.range)
    }
  }

  // MARK: Branches and loops

  private mutating func makeCertain(_ name: String) {
    if branches.isEmpty { lasting.insert(name) }
    guard certain.insert(name).inserted, !branches.isEmpty else { return }
    branches[branches.count - 1].append(name)
  }

  /// What became certain in `body`, which may not run.
  private mutating func branch(_ body: (inout CellWalker) -> Void) -> [String] {
    branches.append([])
    body(&self)
    let names = branches.removeLast()
    certain.subtract(names)
    return names
  }

  /// The last pass may leave any carrier met in the loop in any name assigned in it.
  private mutating func loop(_ body: (inout CellWalker) -> Void) {
    loopDepth += 1
    body(&self)
    loopDepth -= 1
    guard loopDepth == 0 else { return }
    if let carrier = table.join(loopCarriers) {
      for name in Set(loopNames).sorted() {
        table.assign(name, NameTable.Entry(carrier: carrier), keepsOld: true)
      }
    }
    loopCarriers = []
    loopNames = []
  }

  // MARK: Expressions

  /// Returns the carriers of the functions that may be part of the value.
  mutating func visit(_ expression: Expression) -> [Int] {
    let carriers = mentioned(in: expression)
    if loopDepth > 0 { loopCarriers += carriers }
    return carriers
  }

  private mutating func mentioned(in expression: Expression) -> [Int] {
    switch expression.kind {
    case .name(let name): return mention(name, expression.range)
    case .call(let callee, let arguments):
      var carriers: [Int] = []
      if case .name(let name) = callee.kind, hidden[name] == nil {
        _ = mention(name, callee.range)
        carriers = result(of: name)
      } else {
        carriers = mentioned(in: callee)
      }
      for argument in arguments { carriers += mentioned(in: argument.value) }
      return carriers
    case .method(_, let name, _):
      var carriers = expression.children.flatMap { mentioned(in: $0) }
      if vocabulary.isNotebookMethod(name.text) {
        readMethod(name)
        carriers += result(of: name.text)
      } else if let signature = vocabulary.functions[name.text] {
        act(signature.effects, [], lasts: false)
      }
      return carriers
    case .lambda(let definition):
      var carriers = definition.parameters.compactMap(\.standard).flatMap { mentioned(in: $0) }
      let own = carrier(of: definition)
      call(own, through: nil, at: expression.range)
      carriers.append(own)
      return carriers
    case .comprehension(let element, let target, let iterable, let conditions):
      var carriers = mentioned(in: iterable)
      let own = Set(target.changes.map(\.name.text))
      hide(own)
      for condition in conditions { carriers += mentioned(in: condition) }
      carriers += mentioned(in: element)
      unhide(own)
      return carriers
    default: return expression.children.flatMap { mentioned(in: $0) }
    }
  }

  private mutating func hide(_ names: Set<String>) {
    for name in names { hidden[name, default: 0] += 1 }
  }

  private mutating func unhide(_ names: Set<String>) {
    for name in names {
      hidden[name, default: 1] -= 1
      if hidden[name] == 0 { hidden[name] = nil }
    }
  }

  private mutating func carrier(of definition: FunctionDefinition) -> Int {
    let scope = scopes.functions[definition.range]
    return table.add(
      NameTable.Carrier(
        globals: scope?.globals ?? [], effects: scope?.effects ?? [], files: scope?.files ?? [],
        holdsFunctions: scope?.holdsFunctions ?? true))
  }

  // MARK: Names

  /// A name in an expression: its value is read, and a function in it may be called.
  private mutating func mention(_ name: String, _ range: SourceRange) -> [Int] {
    guard hidden[name] == nil else { return [] }
    guard table[name] != nil || !vocabulary.isBuiltIn(name) else {
      let effects = vocabulary.functions[name]?.effects ?? []
      act(effects, [], lasts: false)
      return effects.isEmpty ? [] : [table.add(NameTable.Carrier(effects: effects))]
    }
    read(name, range)
    return table[name]?.carrier.map { [$0] } ?? []
  }

  private mutating func readMethod(_ name: Name) {
    if table[name.text] == nil, hidden[name.text] == nil {
      reportUnknown(name.text, name.range, isMethod: true)
    }
    read(name.text, name.range)
  }

  private mutating func read(_ name: String, _ range: SourceRange) {
    guard hidden[name] == nil else { return }
    if !certain.contains(name) {
      if table[name] == nil { reportUnknown(name, range, isMethod: false) }
      addRead(name, range, through: nil)
    }
    usedNames.insert(name)
    if let carrier = table[name]?.carrier { call(carrier, through: name, at: range) }
  }

  private mutating func addRead(
    _ name: String, _ range: SourceRange, through function: String?
  ) {
    guard readNames.insert(name).inserted else { return }
    analysis.reads.append(NameRead(name: name, range: range, function: function))
  }

  // MARK: Calls

  /// The functions in a value may be called here.
  private mutating func call(_ carrier: Int, through function: String?, at range: SourceRange) {
    var pending = [carrier]
    while let next = pending.popLast() {
      guard usedCarriers.insert(next).inserted else { continue }
      let carrier = table.carriers[next]
      act(carrier.effects, carrier.files, lasts: true)
      pending += carrier.parts
      for global in carrier.globals {
        let name = global.use.name
        usedNames.insert(name)
        if let entry = table[name] {
          if !lasting.contains(name) { addRead(name, range, through: function) }
          if let part = entry.carrier { pending.append(part) }
        } else if let signature = vocabulary.functions[name] {
          act(signature.effects, [], lasts: true)
        } else if !vocabulary.isBuiltIn(name) {
          addRead(name, range, through: function)
        }
      }
    }
  }

  /// The functions that a call's result may hold, besides those of its arguments.
  private mutating func result(of name: String) -> [Int] {
    var carriers: [Int] = []
    var seen: Set<Int> = []
    var pending = table[name]?.carrier.map { [$0] } ?? []
    while let next = pending.popLast() {
      guard seen.insert(next).inserted else { continue }
      let carrier = table.carriers[next]
      if carrier.holdsFunctions {
        carriers.append(next)
        continue
      }
      for global in carrier.globals {
        guard let entry = table[global.use.name] else {
          let effects = vocabulary.functions[global.use.name]?.effects ?? []
          if !global.isOnlyCalled, !effects.isEmpty {
            carriers.append(table.add(NameTable.Carrier(effects: effects)))
          }
          continue
        }
        guard let part = entry.carrier else { continue }
        if global.isOnlyCalled { pending.append(part) } else { carriers.append(part) }
      }
    }
    return carriers
  }

  // MARK: Effects

  /// `lasts`: through a function, whose place is not known; only a seed that is certain to the
  /// cell's end counts before it.
  private mutating func act(_ effects: Effects, _ files: [FileUse], lasts: Bool) {
    analysis.effects.formUnion(effects)
    for file in files where knownFiles.insert(file).inserted { analysis.files.append(file) }
    if effects.contains(.random) || lasts && effects.contains(.seeds) {
      let known = lasts ? lasting : certain
      if !known.contains(Self.randomStream) { analysis.needsRandomState = true }
      analysis.changesRandomState = true
    } else if effects.contains(.seeds) {
      analysis.changesRandomState = true
      makeCertain(Self.randomStream)
    }
  }

  // MARK: Findings

  /// `cmap=jet`: who writes a name there mostly means one of the option's words.
  /// Those of a function's body, which is walked when it is called.
  private mutating func noteWordOptions(within statements: [Statement]) {
    for statement in statements {
      noteWordOptions(of: statement)
      for block in statement.blocks { noteWordOptions(within: block) }
    }
  }

  private mutating func noteWordOptions(of statement: Statement) {
    guard case .command(let command) = statement.kind,
      let signature = vocabulary.commands[command.verb.text]
    else { return }
    for option in command.options {
      guard case .name = option.value.kind,
        let parameter = signature.options.first(where: { $0.name == option.name?.text }),
        !parameter.words.isEmpty
      else { continue }
      wordOptions[option.value.range] = parameter
    }
  }

  /// One finding a name.
  mutating func reportUnknown(_ name: String, _ range: SourceRange, isMethod: Bool) {
    guard checksNames, unknownNames.insert(name).inserted else { return }
    if let option = wordOptions[range], names.assigned[name] == nil {
      let suggestion = Spelling.nearest(to: name, among: option.words)
      return report(
        .syntax(
          .command(
            .unknownWord(name, of: option.name, choices: option.words, suggestion: suggestion))),
        at: range)
    }
    analysis.findings.append(.error(.name(problem(ofUnknown: name, isMethod)), at: range))
  }

  private func problem(ofUnknown name: String, _ isMethod: Bool) -> NameProblem {
    if !isMethod, let command = vocabulary.commands[name] {
      return .commandAsValue(name, usage: command.usage)
    }
    if names.assigned[name] != nil { return names.lateAssignment(of: name, in: unit) }
    let suggestion = suggestion(for: name)
    return isMethod
      ? .unknownMethod(name, suggestion: suggestion) : .unknown(name, suggestion: suggestion)
  }

  /// A program with very many unknown names is none that suggestions could help.
  private func suggestion(for name: String) -> String? {
    guard unknownNames.count <= 50 else { return nil }
    return Spelling.nearest(
      to: name,
      among: Set(table.entries.keys).union(vocabulary.functions.keys).union(vocabulary.constants)
        .union(vocabulary.commands.keys))
  }

  mutating func add(_ findings: [Diagnostic]) { analysis.findings += findings }

  mutating func report(_ problem: Problem, at range: SourceRange) {
    analysis.findings.append(.error(problem, at: range))
  }
}
