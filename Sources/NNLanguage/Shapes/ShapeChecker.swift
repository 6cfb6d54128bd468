import NNSource

/// Works out the shapes of a notebook's values before anything runs, cell by cell, and reports what
/// surely can't be computed: an error where the code surely runs, a warning where it may not.
///
/// It follows the program as the interpreter would, with `AbstractValue`s for values. Branches are
/// joined; of a loop the first pass is looked at, then what it may change is widened until nothing
/// new is learnt. A budget of steps a cell bounds the work; past it nothing is known.
struct ShapeChecker {
  let vocabulary: Vocabulary
  /// Names that some cell, function or comprehension gives a value.
  let bound: Set<String>

  var frames: [Frame]
  /// The bodies and scopes of all functions met, by their places.
  var definitions: [SourceRange: FunctionDefinition] = [:]
  var scopes: [SourceRange: Scope] = [:]
  var functionNames: [SourceRange: String] = [:]
  /// Functions whose bodies have been looked at on their own.
  private var looked: Set<SourceRange> = []

  /// The code in hand surely runs.
  var isCertain = true
  /// The calls that lead to the code in hand, outermost first.
  var callers: [SourceRange] = []
  /// Nothing is reported: the code has been looked at already.
  var isSilent = false
  private var findings: [Diagnostic] = []
  private var steps = 0
  /// A name that no frame knows is not known, even if it is built in.
  var isOpen = false

  private static let stepLimit = 50_000
  static let callDepth = 12

  /// What is known of the names of a function, or of the notebook.
  struct Frame {
    var names: [String: AbstractValue] = [:]
    /// Of comprehensions, innermost last.
    var shadows: [(name: String, value: AbstractValue)] = []
    /// Nil for the notebook.
    var function: SourceRange?
    var captured: [String: AbstractValue] = [:]
    var result: AbstractValue?
    /// A `return` may have ended it.
    var mayHaveReturned = false
    var loops: [Loop] = []
  }

  /// The names of a function.
  struct Scope {
    let locals: Set<String>
    let captures: [String]
  }

  /// The names at its `break`s and `continue`s.
  struct Loop {
    var breaks: [[String: AbstractValue]] = []
    var continues: [[String: AbstractValue]] = []
  }

  init(_ vocabulary: Vocabulary, bound: Set<String>, names: [String: AbstractValue]) {
    self.vocabulary = vocabulary
    self.bound = bound
    frames = [Frame(names: names)]
  }

  // MARK: Cells

  mutating func check(
    _ program: Program, _ scopes: ScopeAnalysis, isMeantToFail: Bool
  ) -> [Diagnostic] {
    begin(scopes)
    let before = frames[0].names
    _ = run(program.statements)
    // It fails and leaves nothing, and how it fails is its output.
    if isMeantToFail {
      frames[0].names = before
      return []
    }
    return findings
  }

  mutating func check(_ inline: Expression, _ scopes: ScopeAnalysis) -> [Diagnostic] {
    begin(scopes)
    _ = value(of: inline)
    return findings
  }

  private mutating func begin(_ analysis: ScopeAnalysis) {
    (findings, steps, isCertain, isSilent) = ([], 0, true, false)
    for (range, scope) in analysis.functions {
      scopes[range] = Scope(locals: Set(scope.locals), captures: scope.captures)
    }
  }

  /// A cell that can't be read may have given these names any value.
  mutating func forget(_ names: [String]) {
    for name in names { frames[0].names[name] = .unknown }
  }

  // MARK: Reporting

  mutating func report(_ problem: Problem, at range: SourceRange) {
    report(.error(problem, at: range))
  }

  mutating func report(_ diagnostic: Diagnostic) {
    guard !isSilent else { return }
    var found = Diagnostic(
      isCertain ? .error : .warning, diagnostic.problem, at: diagnostic.range)
    found.callers = callers.reversed()
    if let place = findings.firstIndex(where: {
      $0.problem == found.problem && $0.range == found.range
    }) {
      if isCertain { findings[place] = found }
    } else if findings.count < 100 {
      findings.append(found)
    }
  }

  /// False when the cell has had its share of work.
  mutating func step() -> Bool {
    steps += 1
    return steps <= Self.stepLimit
  }

  var isExhausted: Bool { steps > Self.stepLimit }

  // MARK: Names

  var names: [String: AbstractValue] {
    get { frames[frames.count - 1].names }
    _modify { yield &frames[frames.count - 1].names }
  }

  func lookUp(_ name: String) -> AbstractValue {
    let frame = frames[frames.count - 1]
    if let shadow = frame.shadows.last(where: { $0.name == name }) { return shadow.value }
    if let function = frame.function {
      if let scope = scopes[function], scope.locals.contains(name) {
        return frame.names[name] ?? .unknown
      }
      if let value = frame.captured[name] { return value }
    }
    if let value = frames[0].names[name] { return value }
    guard !isOpen || !bound.contains(name) else { return .unknown }
    if vocabulary.functions[name] != nil { return .builtin(name) }
    switch name {
    case "pi", "e", "inf", "nan": return vocabulary.constants.contains(name) ? .float : .unknown
    default: return DTypeNames.all.contains(name) ? .dtype(name) : .unknown
    }
  }

  /// A function's own name that no path has given a value yet.
  mutating func checkAssigned(_ name: String, at range: SourceRange) {
    let frame = frames[frames.count - 1]
    guard let function = frame.function, scopes[function]?.locals.contains(name) == true,
      frame.names[name] == nil, !frame.shadows.contains(where: { $0.name == name })
    else { return }
    report(.name(.unassignedLocal(name, function: functionNames[function])), at: range)
  }

  /// What a function keeps of the names around it when it is made.
  func capture(_ definition: FunctionDefinition) -> [String: AbstractValue] {
    guard let scope = scopes[definition.range] else { return [:] }
    return Dictionary(
      scope.captures.map { ($0, lookUp($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// What is true of the names on both ways.
  mutating func join(
    _ a: [String: AbstractValue], _ b: [String: AbstractValue]
  ) -> [String: AbstractValue] {
    steps += (a.count + b.count) / 16
    var result: [String: AbstractValue] = [:]
    result.reserveCapacity(max(a.count, b.count))
    for (name, value) in a { result[name] = b[name].map { value.joined($0) } ?? .unknown }
    for name in b.keys where a[name] == nil { result[name] = .unknown }
    return result
  }

  // MARK: Functions looked at on their own

  /// A function that nobody may call: its parameters and the notebook's names are not known.
  mutating func lookInto(_ definition: FunctionDefinition, name: String) {
    definitions[definition.range] = definition
    functionNames[definition.range] = name
    guard !isSilent, frames.count == 1, looked.insert(definition.range).inserted else { return }
    let saved = (frames, isCertain, isOpen, callers)
    (frames[0], isCertain, isOpen, callers) = (Frame(), false, true, [])
    var frame = Frame(function: definition.range)
    for parameter in definition.parameters { frame.names[parameter.name.text] = .unknown }
    frames.append(frame)
    _ = run(definition.body)
    (frames, isCertain, isOpen, callers) = saved
  }
}
