import NNLanguage
import NNSource
import Testing

/// The analyses of cells, each a program, in source order; nil stands for one that does not parse.
private func analyze(_ cells: [String?], predefined: [String] = []) -> [CellAnalysis] {
  let units = cells.map { text -> AnalysisUnit in
    guard let text else { return .unreadable() }
    let slice = SourceSlice(wholeOf: SourceFile(name: "t.nn", text: text))
    return (try? Parser.program(slice, vocabulary: TestVocabulary.all)).map { .cell($0) }
      ?? .unreadable()
  }
  let known = Dictionary(uniqueKeysWithValues: predefined.map { ($0, AbstractValue.unknown) })
  return Analyzer.analyze(units, vocabulary: TestVocabulary.all, predefined: known)
}

/// `reads a f→k; writes b c?; random files iris`
private func summary(_ analysis: CellAnalysis) -> String {
  let reads = analysis.reads.map { ($0.function.map { $0 + "→" } ?? "") + $0.name }
  let writes = analysis.writes.map { $0.name + ($0.isCertain ? "" : "?") }
  return "reads \(reads.joined(separator: " ")); writes \(writes.joined(separator: " "))"
}

private func last(_ cells: String?...) -> CellAnalysis {
  analyze(cells, predefined: ["a", "b", "c", "x", "y", "xs", "n", "net"]).last ?? CellAnalysis()
}

private func findings(_ cells: String?...) -> [String] {
  analyze(cells, predefined: ["x", "xs", "net"]).flatMap(\.findings).map(\.problem.wording.message)
}

@Suite struct AnalyzerTests {
  @Test(arguments: [
    ("y = x + a\nz = y", "reads x a; writes y z"),
    ("a = a + 1", "reads a; writes a"),
    ("x += 1", "reads x; writes x"),
    ("x[a] = b", "reads b a x; writes x"),
    ("net.W1 = a", "reads a net; writes net"),
    ("xs.append(a)", "reads a xs; writes xs"),
    ("z = []\nz.append(a)", "reads a; writes z"),
    ("p, (q, p) = a", "reads a; writes p q"),
    ("train net on x, y epochs=n loss=mse", "reads net x y n; writes net"),
    ("init net normal(0, fan_in ** a)", "reads net a; writes net"),
    ("load iris as d\nd.x", "reads ; writes d"),
    ("predict net on x as p", "reads net x; writes p"),
    ("network m dtype=float32:\n  dense n sigmoid bias=a", "reads n a; writes m"),
    ("z = [v + a for v in xs if v > b]", "reads xs b a; writes z"),
    ("z = f\"{x:{a}}\"", "reads x a; writes z"),
    ("z = x.T.sum(axis=a)", "reads x a; writes z"),
    ("z = exp(x) + pi", "reads x; writes z"),
    ("def f(p):\n  q = p + a\n  return q", "reads ; writes f"),
    ("def f(p):\n  q = p + a\n  return q\nz = f(b)", "reads f→a b; writes f z"),
    ("def f():\n  def g(): return a\n  return g()\nz = f()", "reads f→a; writes f z"),
    ("f = lambda p: p + a", "reads ; writes f"),
    ("f = lambda p: p + a\nf(b)", "reads f→a b; writes f"),
    ("z = [f(v) for v in xs]\ndef f(v): return v", "reads xs f; writes z f"),
    ("z = [x for x in xs]", "reads xs; writes z"),
    ("a, xs[b] = c", "reads c b xs; writes a xs"),
    ("net.W1[0] = a", "reads a net; writes net"),
    ("for i, (p, q) in xs: net.b1 = q", "reads xs net i p q; writes i? p? q? net?"),
    ("exp = a\nz = exp(x)", "reads a x; writes exp z"),
    ("z = x.exp()\nexp = a", "reads x a; writes z exp"),
    ("if a: xs.append(b)", "reads a b xs; writes xs?"),
    ("while a:\n  b = b - 1\n  if b: break", "reads a b; writes b?"),
  ])
  func readsAndWrites(program: String, expected: String) {
    #expect(summary(last(program)) == expected)
  }

  @Test(arguments: [
    ("if a: z = 1", "reads a z; writes z?"),
    ("if a: z = 1\nelse: z = 2\nz", "reads a; writes z"),
    ("if a: z = 1\nelif b: z = 2\nelse: z = 3", "reads a b; writes z"),
    ("if a:\n  z = 1\n  w = z\nw", "reads a w z; writes z? w?"),
    ("for i in xs: z = i", "reads xs i z; writes i? z?"),
    ("while a: a = 0", "reads a; writes a?"),
    ("z = 0\nfor i in xs: z = z + i", "reads xs i; writes z i?"),
  ])
  func whatIsNotCertainlyWrittenIsRead(program: String, expected: String) {
    #expect(summary(last(program)) == expected)
  }

  @Test(arguments: [
    ("def f(v): return v + a", "g = f", "reads f f→a; writes g"),
    ("def f(v): return v + a", "f(1)", "reads f f→a; writes "),
    ("f = lambda v: v + a", "f(1)", "reads f f→a; writes "),
    ("def f(v): return v + a\ndef g(v): return f(v)", "g(1)", "reads g g→f g→a; writes "),
    ("def f(v):\n  w = v\n  return w", "f(1)", "reads f; writes "),
    ("def f(v): return v + a\nz = f(1)", "z", "reads z; writes "),
    ("def f(v): return v + a\nz = [f, 1]", "z", "reads z z→a; writes "),
    ("def f(v):\n  return lambda: a\nz = f(1)", "z", "reads z z→a; writes "),
    ("def f(v): return v + a", "a = 1\nf(a)", "reads f; writes a"),
    ("def f(v): return v + a", "if b: a = 1\nf(a)", "reads b f f→a; writes a?"),
    (
      "def f(v): return g(v)\ndef g(v): return a", "def g(v): return c\nf(1)",
      "reads f f→c; writes g"
    ),
    (
      "def f(v): return g(v)\ndef g(v): return a", "f(1)\ndef g(v): return c",
      "reads f f→g f→a g→c; writes g"
    ),
  ])
  func aFunctionsNamesAreReadWhereItMayBeCalled(above: String, cell: String, expected: String) {
    #expect(summary(last(above, cell)) == expected)
  }

  @Test func definedFunctionsAreListed() {
    let functions = last("def f(v): return v + a\ng = lambda: f(b)").functions
    #expect(functions.map(\.name) == ["f", "g"])
    #expect(functions[1].scope.globals.map(\.use.name) == ["f", "b"])
    #expect(functions[1].scope.globals.map(\.isOnlyCalled) == [true, false])
  }

  @Test func aDefinitionReadsNothing() {
    #expect(summary(last("def f(v, k=b): return v + a")) == "reads b; writes f")
  }

  @Test(arguments: [
    ("z = rand(3)", true, true), ("z = x.rand()", true, true), ("z = exp(x)", false, false),
    ("seed 9\nz = rand(3)", false, true), ("z = rand(3)\nseed 9", true, true),
    ("if a: seed 9\nz = rand(3)", true, true), ("train net on x, y", true, true),
    ("def f(): return rand(3)", false, false), ("def f(): return rand(3)\nz = f()", true, true),
    ("z = [rand, exp]", true, true), ("network m:\n  dense n", true, true),
    ("init net zeros", true, true), ("evaluate net on x, y", false, false),
  ])
  func theRandomStream(program: String, needs: Bool, changes: Bool) {
    let analysis = last(program)
    #expect(analysis.needsRandomState == needs)
    #expect(analysis.changesRandomState == changes)
  }

  @Test func aDrawnValueDoesNotDrawAgain() {
    #expect(!last("def f(): return rand(3)\nz = f()", "print z").changesRandomState)
    #expect(last("def f():\n  return lambda: rand(3)\nz = f()", "print z()").changesRandomState)
  }

  @Test func files() {
    let analysis = last(
      "load iris as d\nload \"data/a.csv\" as e\nsave x to \"x.npy\"\ninit net from \"w.npz\"")
    #expect(analysis.files.map(\.name) == ["iris", "data/a.csv", "x.npy", "w.npz"])
    #expect(analysis.files.map(\.isWord) == [true, false, false, false])
    #expect(analysis.files.map(\.isWritten) == [false, false, true, false])
    #expect(last("def f():\n  load iris as d\n  return d", "f()").files.map(\.name) == ["iris"])
    #expect(last("def f():\n  print 1", "f()").effects == .output)
  }

  @Test(arguments: [
    ("z = undefind", ["there is no name 'undefind'"]),
    ("z = xz", ["there is no name 'xz'"]),
    ("x.foo()", ["there is no function 'foo'"]),
    ("z = print", ["'print' is a command and has no value"]),
    ("print z\nz = 1", ["'z' is used here, but assigned only further down"]),
    ("def f(): return late\nlate = 1", []),
    ("def f(): return never", ["there is no name 'never'"]),
    ("def f(): x[0] = 1", ["a function can't change 'x', which belongs outside it"]),
    ("def f():\n  y = [1]\n  y[0] = 2\n  return y", []),
    (
      "def f():\n  y = [1]\n  def g(): y.append(2)\n  return g",
      ["a function can't change 'y', which belongs outside it"]
    ),
    ("save x to xs", ["'save' wants the name of its file in quotes, here in the program"]),
    ("relu.derivative(x)", []),
  ])
  func names(program: String, expected: [String]) {
    #expect(findings(program) == expected)
  }

  @Test func namesBelowACellThatDoesNotParseAreNotReported() {
    #expect(findings(nil, "print z") == [])
    #expect(findings("print z", nil) == ["there is no name 'z'"])
    #expect(findings("def f(): return z", nil) == [])
  }

  @Test(arguments: [
    ("x == 1\nx", ["the result of this comparison is dropped"]),
    ("x.sort()\nx", ["sort makes a new value, which is dropped here"]),
    ("def f():\n  \"what it does\"\n  x + 1", ["the value of this line is dropped"]),
    ("def f(): pass\nf()\nrand(3)\nx", []),
    ("x", []),
  ])
  func droppedValues(program: String, expected: [String]) {
    #expect(findings(program) == expected)
  }

  @Test(arguments: [("round(x, 3)", true), ("rand(3)", false), ("f(x)", false), ("g(x)", true)])
  func inlineValuesMayNotAct(text: String, isAllowed: Bool) throws {
    let above = SourceFile(name: "t.nn", text: "def f(v): print v\ndef g(v): return v\nx = g(1)")
    let program = try Parser.program(SourceSlice(wholeOf: above), vocabulary: TestVocabulary.all)
    let file = SourceFile(name: "t.nn", text: text)
    let value = try Parser.expression(SourceSlice(wholeOf: file), vocabulary: TestVocabulary.all)
    let analyses = Analyzer.analyze(
      [.cell(program), .inline(value)], vocabulary: TestVocabulary.all)
    #expect(analyses[1].findings.isEmpty == isAllowed)
  }
}

@Suite struct ScopeAnalysisTests {
  /// The scope of the function at `line`.
  private func scope(_ text: String, line: Int) throws -> FunctionScope {
    let file = SourceFile(name: "t.nn", text: text)
    let program = try Parser.program(SourceSlice(wholeOf: file), vocabulary: TestVocabulary.all)
    let functions = ScopeAnalysis(of: program, vocabulary: TestVocabulary.all).functions
    return try #require(
      functions.first { file.position(of: $0.key.lower).line == line }?.value)
  }

  @Test func aNameAssignedAnywhereIsLocalThroughout() throws {
    let scope = try scope(
      "def f(p):\n  print q\n  for i in p: q = i\n  load iris as d\n  return q", line: 1)
    #expect(scope.locals == ["p", "i", "q", "d"])
    #expect(scope.globals.isEmpty)
  }

  @Test func nestedFunctionsCaptureThroughTheOnesBetween() throws {
    let text = "def f(p):\n  def g():\n    def h():\n      return p + k\n    return h\n  return g"
    #expect(try scope(text, line: 3).captures == ["p"])
    #expect(try scope(text, line: 2).captures == ["p"])
    #expect(try scope(text, line: 2).locals == ["h"])
    #expect(try scope(text, line: 1).captures == [])
    #expect(try scope(text, line: 1).globals.map(\.use.name) == ["k"])
  }

  @Test func aComprehensionsNamesAreItsOwn() throws {
    let scope = try scope("def f(xs): return [v + k for v in xs]", line: 1)
    #expect(scope.locals == ["xs"])
    #expect(scope.globals.map(\.use.name) == ["k"])
    let inner = try self.scope("z = [\n  lambda x: x + v\n  for v in xs]", line: 2)
    #expect(inner.captures == ["v"])
  }
}
