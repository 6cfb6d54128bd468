import NNSource

/// Tokens → `Program`, by recursive descent: a method a grammar rule, in files by topic
/// (statements, blocks, expressions, atoms, commands, networks).
///
/// It stops at the first error, which is told where the reader can mend it: an unclosed bracket at
/// the bracket, not where the program ran out.
package struct Parser {
  let vocabulary: Vocabulary
  let slice: SourceSlice
  /// The program's, or those of a field of an f-string.
  var tokens: [Token]
  var position = 0
  private let unclosed: [Token]

  /// Open brackets, blocks and other rules that call themselves.
  private(set) var depth = 0
  var blockDepth = 0
  var loopDepth = 0
  var isInFunction = false
  /// An `x.append(v)` met in the statement in hand.
  var pendingAppend: SourceRange?

  /// Deeper nesting is refused, that no program can exhaust the stack.
  /// (In a debug build a bracket takes 15 kB of stack to read and 5 kB to walk.)
  static let nestingLimit = 100
  static let blockLimit = 64
  static let heightLimit = 200
  /// No one writes a megabyte by hand; larger programs would only take memory.
  static let byteLimit = 1 << 20

  private init(_ slice: SourceSlice, _ vocabulary: Vocabulary) throws(Diagnostic) {
    self.slice = slice
    self.vocabulary = vocabulary
    guard slice.utf8.count <= Self.byteLimit else {
      let problem = LexicalProblem.programTooLong(
        bytes: slice.utf8.count, limit: Self.byteLimit)
      throw .error(.syntax(.lexical(problem)), at: slice.fileRange(0, 1))
    }
    let stream = Lexer.tokens(of: slice)
    tokens = stream.tokens
    unclosed = stream.unclosed
  }

  /// The program of a cell or a file.
  package static func program(
    _ slice: SourceSlice, vocabulary: Vocabulary
  ) throws(Diagnostic) -> Program {
    var parser = try Parser(slice, vocabulary)
    do throws(ParserFailure) {
      return try parser.program()
    } catch {
      throw error.diagnostic
    }
  }

  /// One expression standing alone: the inside of `` `nn round(acc, 3)` ``.
  package static func expression(
    _ slice: SourceSlice, vocabulary: Vocabulary
  ) throws(Diagnostic) -> Expression {
    var parser = try Parser(slice, vocabulary)
    do throws(ParserFailure) {
      return try parser.inlineExpression()
    } catch {
      throw error.diagnostic
    }
  }

  private mutating func program() throws(ParserFailure) -> Program {
    var statements: [Statement] = []
    while true {
      if case .end = peek.kind { break }
      statements += try self.statement()
    }
    if case .expression(let value, _)? = statements.last?.kind {
      statements[statements.count - 1].kind = .expression(value, isShown: true)
    }
    return Program(statements: statements)
  }

  private mutating func inlineExpression() throws(ParserFailure) -> Expression {
    if peek.endsLine {
      throw failure(.emptyInline, at: slice.fileRange(0, max(0, slice.utf8.count - 1)))
    }
    if startsCommand || startsCommandCall {
      throw failure(.commandInline(text(peek)), at: peek.range)
    }
    let expression = try expressions()
    try refusePendingAppend()
    if case .newline = peek.kind { advance() }
    guard case .end = peek.kind else { throw unexpected(in: .expression) }
    return expression
  }
}

/// An error on its way out of the parser: a reference, since every frame keeps room for one.
final class ParserFailure: Error {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

// MARK: Tokens

extension Parser {
  var peek: Token { tokens[position] }
  /// The token after the next; the last one repeats.
  var peekSecond: Token { tokens[min(position + 1, tokens.count - 1)] }
  var previous: Token? { position > 0 ? tokens[position - 1] : nil }

  @discardableResult
  mutating func advance() -> Token {
    let token = tokens[position]
    if position < tokens.count - 1 { position += 1 }
    return token
  }

  mutating func match(_ symbol: Symbol) -> Bool {
    guard peek.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func match(_ keyword: Keyword) -> Bool {
    guard peek.isKeyword(keyword) else { return false }
    advance()
    return true
  }

  func text(_ token: Token) -> String {
    String(decoding: slice.utf8[token.lower..<token.upper], as: UTF8.self)
  }

  func name(_ token: Token) -> Name { Name(text: text(token), range: token.range) }

  /// From the start of `token` to the end of the last token taken.
  func range(from token: Token) -> SourceRange { token.range.through((previous ?? token).range) }

  func range(from start: SourceRange) -> SourceRange {
    start.through(previous?.range ?? start)
  }
}

// MARK: Limits and errors

extension Parser {
  /// Every rule that can call itself begins here and ends in `leave()`.
  mutating func enter() throws(ParserFailure) {
    depth += 1
    if depth > Self.nestingLimit {
      throw failure(.nestedTooDeeply(limit: Self.nestingLimit), at: peek.range)
    }
  }

  mutating func leave() { depth -= 1 }

  mutating func restore(_ state: (position: Int, depth: Int)) {
    position = state.position
    depth = state.depth
  }

  /// An expression from its first token to the last one taken.
  func node(_ kind: Expression.Kind, from start: SourceRange) throws(ParserFailure) -> Expression {
    let expression = Expression(kind, range(from: start))
    guard expression.height <= Self.heightLimit else {
      throw failure(.expressionTooHigh(limit: Self.heightLimit), at: peek.range)
    }
    return expression
  }

  /// The error to report: what the lexer found at the token in hand, or a bracket that is never
  /// closed, explain better what stands after them.
  func failure(_ problem: SyntaxProblem, at range: SourceRange) -> ParserFailure {
    if case .invalid(let diagnostic) = peek.kind { return ParserFailure(diagnostic) }
    if let open = unclosed.last(where: { $0.lower < peek.lower }) {
      let problem = SyntaxProblem.lexical(.bracketNeverClosed(text(open)))
      return ParserFailure(.error(.syntax(problem), at: open.range))
    }
    return ParserFailure(.error(.syntax(problem), at: range))
  }

  func failure(_ problem: CommandProblem, at range: SourceRange) -> ParserFailure {
    failure(SyntaxProblem.command(problem), at: range)
  }

  /// What a message calls the token in hand.
  var found: String {
    switch peek.kind {
    case .newline, .end: "the end of the line"
    case .indent, .dedent: "the end of the block"
    case .string, .formatted: "a string"
    default: "'\(text(peek))'"
    }
  }
}
