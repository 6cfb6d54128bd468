import NNLanguage
import NNSource
import Testing

/// A program's tree; on an error, its place and words.
func tree(_ text: String) -> String {
  let file = SourceFile(name: "t.nn", text: text)
  do throws(Diagnostic) {
    let program = try Parser.program(SourceSlice(wholeOf: file), vocabulary: TestVocabulary.all)
    return program.dump(in: file)
  } catch {
    let place = file.position(of: error.range.lower)
    return "\(place.line):\(place.column): \(error.problem.wording.message)\n"
  }
}

/// The tree without its ranges, on one line: `assign(target x, binary +(integer 1, integer 2))`.
func shape(_ text: String) -> String {
  var result = ""
  var last = 0
  for line in tree(text).split(separator: "\n") {
    let level = line.prefix { $0 == " " }.count / 2
    var words = line.dropFirst(2 * level).split(separator: " ", omittingEmptySubsequences: false)
    if let range = words.last, range.contains(":"), range.first?.isNumber == true {
      words.removeLast()
    }
    if !result.isEmpty {
      if level > last {
        result += "("
      } else {
        result += String(repeating: ")", count: last - level) + (level == 0 ? "; " : ", ")
      }
    }
    result += words.joined(separator: " ")
    last = level
  }
  return result + String(repeating: ")", count: last)
}

@Suite struct ExpressionParserTests {
  @Test func everyNodeCarriesItsRange() {
    let expected = """
      assign 1:1-1:20
        target x 1:1-1:2
        binary + 1:5-1:20
          integer 1 1:5-1:6
          binary * 1:9-1:20
            integer 2 1:9-1:10
            binary ** 1:13-1:20
              integer 3 1:13-1:14
              unary - 1:18-1:20
                integer 2 1:19-1:20

      """
    #expect(tree("x = 1 + 2 * 3 ** -2") == expected)
  }

  @Test(arguments: [
    ("a + b - c", "binary -(binary +(name a, name b), name c)"),
    ("a + b * c", "binary +(name a, binary *(name b, name c))"),
    ("a ** b ** c", "binary **(name a, binary **(name b, name c))"),
    ("-a ** b", "unary -(binary **(name a, name b))"),
    ("a @ b.T", "binary @(name a, field T(name b))"),
    ("a | b ^ c & d", "binary |(name a, binary ^(name b, binary &(name c, name d)))"),
    ("a // b % c", "binary %(binary //(name a, name b), name c)"),
    ("not a == b", "unary not(comparison ==(name a, name b))"),
    ("not not a", "unary not(unary not(name a))"),
    ("a or b and not c", "or(name a, and(name b, unary not(name c)))"),
    ("a < b <= c", "comparison < <=(name a, name b, name c)"),
    ("a not in b", "comparison not in(name a, name b)"),
    ("a is not none", "comparison is not(name a, none)"),
    ("(a < b) == c", "comparison ==(comparison <(name a, name b), name c)"),
    ("a == b | c", "comparison ==(name a, binary |(name b, name c))"),
    (
      "a if b else c if d else e",
      "conditional(name b, name a, conditional(name d, name c, name e))"
    ),
    ("- + ~a", "unary -(unary +(unary ~(name a)))"),
    ("True, False, None", "tuple(bool true, bool false, none)"),
  ])
  func precedenceIsPythons(program: String, expected: String) {
    #expect(shape(program) == "show(\(expected))")
  }

  @Test(arguments: [
    ("x[0]", "index(name x, integer 0)"),
    ("x[1:5]", "index(name x, slice(start(integer 1), stop(integer 5)))"),
    ("x[::2]", "index(name x, slice(step(integer 2)))"),
    ("x[:, 0]", "index(name x, slice, integer 0)"),
    ("x[..., none]", "index(name x, ..., none)"),
    ("x[x < 0,]", "index(name x, comparison <(name x, integer 0))"),
    ("p[range(n), y]", "index(name p, call(name range, name n), name y)"),
    ("x.T.shape[0]", "index(field shape(field T(name x)), integer 0)"),
  ])
  func indexing(program: String, expected: String) {
    #expect(shape(program) == "show(\(expected))")
  }

  @Test(arguments: [
    ("f()", "call(name f)"),
    ("f(a, axis=0,)", "call(name f, name a, axis=(integer 0))"),
    ("x.sum(axis=1)", "method sum(name x, axis=(integer 1))"),
    ("f(a)(b)", "call(call(name f, name a), name b)"),
    ("()", "tuple"),
    ("(a,)", "tuple(name a)"),
    ("a,", "tuple(name a)"),
    ("[]", "list"),
    ("[a, [b],]", "list(name a, list(name b))"),
    (
      "[f(v) for v in xs if v if c]",
      "comprehension(call(name f, name v), target v, name xs, if(name v), if(name c))"
    ),
    (
      "[a for i, (a, b) in xs]",
      "comprehension(name a, target tuple(target i, target tuple(target a, target b)), name xs)"
    ),
    ("lambda: 1", "lambda(return(integer 1))"),
    (
      "lambda x, k=2: x * k",
      "lambda(parameter x, parameter k(integer 2), return(binary *(name x, name k)))"
    ),
  ])
  func callsAndBrackets(program: String, expected: String) {
    #expect(shape(program) == "show(\(expected))")
  }

  @Test(arguments: [
    ("1_000", "integer 1000"), ("0", "integer 0"), ("00", "integer 0"), (".5", "float 0.5"),
    ("2.", "float 2.0"), ("1e-3", "float 0.001"), ("1_0.5e1_0", "float 105000000000.0"),
    ("1e400", "float inf"), ("9223372036854775807", "integer 9223372036854775807"),
  ])
  func numbers(program: String, expected: String) {
    #expect(shape(program) == "show(\(expected))")
  }

  @Test(arguments: [
    (#"'a"b'"#, #"string "a\"b""#),
    (#""\x41\u00e9\101\0\t\\""#, #"string "AéA\0\t\\""#),
    (#""a\#nb""#, "1:1: this string is not closed on its line"),
    (#""""a\#n"b"""#, "1:1: this string is never closed"),
    (#""""a\#n"b" """"#, #"string "a\n\"b\" ""#),
    ("'a\\\nb'", #"string "ab""#),
  ])
  func strings(program: String, expected: String) {
    #expect(shape(program) == (expected.hasPrefix("string") ? "show(\(expected))" : expected))
  }

  @Test(arguments: [
    (#"f"a {x:.3f}""#, #"text "a ", value(name x, spec(text ".3f"))"#),
    (#"f"{x!r:>{w}}""#, #"value !r(name x, spec(text ">", value(name w)))"#),
    (#"f"{{}}""#, #"text "{}""#),
    (
      #"f"{x = }{y=:.2f}""#,
      #"text "x = ", value !r(name x), text "y=", value(name y, spec(text ".2f"))"#
    ),
    (#"f"{a != b}""#, "value(comparison !=(name a, name b))"),
    (#"f"{x[1:2]}""#, "value(index(name x, slice(start(integer 1), stop(integer 2))))"),
    (#"f"{f'{x}'}""#, "value(formatted(value(name x)))"),
    (#"f"{(lambda v: v)(3)}""#, "value(call(lambda(parameter v, return(name v)), integer 3))"),
    (#"f"{a, b}""#, "value(tuple(name a, name b))"),
  ])
  func formattedStrings(program: String, expected: String) {
    #expect(shape(program) == "show(formatted(\(expected)))")
  }
}

@Suite struct StatementParserTests {
  @Test(arguments: [
    ("a, b = b, a", "assign(target tuple(target a, target b), tuple(name b, name a))"),
    ("(a, b) = f()", "assign(target tuple(target a, target b), call(name f))"),
    ("net.W1 -= d", "update -=(target .W1(target net), name d)"),
    (
      "x[x < 0] = 0", "assign(target element(target x, comparison <(name x, integer 0)), integer 0)"
    ),
    (
      "d[range(n), y] -= 1",
      "update -=(target element(target d, call(name range, name n), name y), integer 1)"
    ),
    ("xs.append(v)", "append(target xs, name v)"),
    ("x.a[0].append(v)", "append(target element(target .a(target x), integer 0), name v)"),
    ("x = 1 + \\\n  2", "assign(target x, binary +(integer 1, integer 2))"),
    ("x = f(a,\n # why\n\n b)", "assign(target x, call(name f, name a, name b))"),
    ("a: pass", "1:2: nn has no type annotations"),
  ])
  func assignments(program: String, expected: String) {
    #expect(shape(program) == expected)
  }

  @Test func blocks() {
    let program = """
      def f(x, k=1):
        "what it does"
        while x:
          if x > k: break
          elif x == 3:
            continue

          # a comment
          else:
            pass
        return x, k
      f
      """
    let loop =
      "while(name x, do(if(comparison >(name x, name k), then(break), else("
      + "if(comparison ==(name x, integer 3), then(continue), else(pass))))))"
    #expect(
      shape(program)
        == #"define f(parameter x, parameter k(integer 1), drop(string "what it does"), "#
        + loop + ", return(tuple(name x, name k))); show(name f)")
  }

  @Test func loopsTakeTargets() {
    #expect(
      shape("for i, (a, b) in enumerate(z): pass")
        == "for(target tuple(target i, target tuple(target a, target b)), "
        + "call(name enumerate, name z), do(pass))")
  }

  @Test func onlyTheLastExpressionOfTheCellIsShown() {
    #expect(shape("a\nb") == "drop(name a); show(name b)")
    #expect(shape("if a:\n  b") == "if(name a, then(drop(name b)))")
    #expect(shape("a\nb = 1") == "drop(name a); assign(target b, integer 1)")
  }

  @Test func blocksEndWithTheirLastStatement() {
    #expect(tree("if a:\n  b = 1\n\n# end\n").hasPrefix("if 1:1-2:8\n"))
  }

  @Test func anInlineValueIsOneExpression() throws {
    func inline(_ text: String) throws -> String {
      let slice = SourceSlice(wholeOf: SourceFile(name: "t.nn", text: text))
      do {
        let value = try Parser.expression(slice, vocabulary: TestVocabulary.all)
        return value.dump(in: SourceFile(name: "t.nn", text: text))
      } catch {
        return error.problem.wording.message
      }
    }
    #expect(try inline("acc") == "name acc 1:1-1:4\n")
    #expect(try inline("") == "an inline value needs an expression")
    #expect(try inline("a = 1") == "'=' can't stand here")
    #expect(
      try inline("print a") == "an inline value is an expression, and 'print' is a command")
  }
}
