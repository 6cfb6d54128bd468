/// What the lexer and the parser find. `found` is what stands there, in words: "'y'", "a string",
/// "the end of the line".
package enum SyntaxProblem: Sendable, Hashable {
  case lexical(LexicalProblem)
  case command(CommandProblem)
  case foreign(ForeignSyntax)

  case nestedTooDeeply(limit: Int)
  case expressionTooHigh(limit: Int)
  case blocksTooDeep(limit: Int)
  case droppedValue(DroppedValue)
  case emptyInline
  case commandInline(String)
  case effectInline(String)

  case unexpected(String)
  case unexpectedIndent
  case missingValue(after: String, found: String)
  case missingOperator(before: String)
  case missingComma(before: String)
  case expectedClose(String, open: String, String)
  case colonInBrackets
  case ellipsisOutsideIndex
  case needsBrackets(String)
  case reservedWord(String, after: String)
  case strayKeyword(String)
  case stringAfterName(String)
  case conditionalWithoutElse(found: String)
  case notAfterOperator(String)
  case identityTest(String)
  case expectedField(found: String)
  case emptyIndex

  case assignmentInBrackets
  case assignmentInCondition(String)
  case unexpectedAssignment
  case notATarget(TargetFault)
  case updateOfSeveral(String)
  case appendToValue
  case appendCount(Int)
  case appendAsValue

  case repeatedArgument(String)
  case positionAfterKeyword(String)
  case lambdaColon(found: String)
  case repeatedParameter(String)
  case tooManyParameters(limit: Int)
  case parameterWithoutDefault(String, after: String)
  case expectedParameter(found: String)
  case expectedParameters(of: String, found: String)
  case expectedFunctionName(found: String)
  case reservedName(String)

  case missingColon(after: String)
  case emptyBlock(String)
  case compoundOnLine(String)
  case elseIf
  case branchWithoutIf(String)
  case expectedIn(found: String)
  case expectedLoopName(found: String)
  case outsideFunction
  case outsideLoop(String)

  /// Why nothing can be assigned to an expression.
  package enum TargetFault: Sendable, Hashable {
    case literal
    case constant(String)
    case call(String?)
    case list
    case comparison
    case conditional
    case function
    case computation
    case partOfValue
  }

  /// An expression that stands alone and does nothing.
  package enum DroppedValue: Sendable, Hashable {
    case comparison(String)
    case copy(function: String, of: String)
    case other
  }

  package var wording: Wording {
    switch self {
    case .lexical(let problem): problem.wording
    case .command(let problem): problem.wording
    case .foreign(let problem): problem.wording
    case .nestedTooDeeply(let limit):
      Wording(
        "brackets, blocks and the like nest more than \(limit) deep here",
        hint: "give an inner part a name on a line of its own")
    case .expressionTooHigh(let limit):
      Wording(
        "this expression has more than \(limit) operations on top of each other",
        hint: "give a part of it a name on a line of its own")
    case .blocksTooDeep(let limit):
      Wording(
        "blocks nest more than \(limit) deep here", hint: "put the inner ones into a function")
    case .emptyInline: Wording("an inline value needs an expression")
    case .commandInline(let verb):
      Wording(
        "an inline value is an expression, and '\(verb)' is a command",
        hint: "put the command into a cell")
    case .effectInline(let name):
      Wording(
        "an inline value may neither draw nor act, and '\(name)' does",
        hint: "compute it in a cell, and put its name here")
    case .droppedValue(let value): value.wording
    case .notATarget(let fault): fault.wording
    default: expressionWording ?? assignmentWording ?? definitionWording ?? blockWording
    }
  }

  private var expressionWording: Wording? {
    switch self {
    case .unexpected(let found): Wording("\(found) can't stand here")
    case .unexpectedIndent:
      Wording(
        "this line is indented, but no line above it opens a block",
        hint: "begin it in the column of the line above")
    case .missingValue(let before, let found):
      Wording("a value should follow '\(before)', not \(found)")
    case .missingOperator(let found):
      Wording("\(found) follows a value with no operator between them")
    case .missingComma(let found):
      Wording(
        "a comma is missing before \(found)", hint: "elements and arguments are separated by ','")
    case .expectedClose(let close, let open, let found):
      Wording("\(found) can't stand here: the '\(open)' wants a ',' or its '\(close)'")
    case .colonInBrackets:
      Wording(
        "':' can't stand here",
        hint: "x[1:5] takes a slice with brackets right behind x; there are no dicts")
    case .ellipsisOutsideIndex: Wording("'...' stands only between the brackets of an index")
    case .needsBrackets(let word):
      Wording("'\(word)' can't follow an operator", hint: "put it in brackets: (\(word) …)")
    case .reservedWord(let word, let before):
      Wording("a value should follow '\(before)', and '\(word)' is a reserved word")
    case .strayKeyword(let word): Wording("a line can't begin with '\(word)'")
    case .stringAfterName(let name):
      Wording(
        "a string right behind the name '\(name)'",
        hint: "put a space after a command, or brackets around an argument")
    case .conditionalWithoutElse(let found):
      Wording(
        "'else' should follow here, not \(found)", hint: "write a if condition else b")
    case .notAfterOperator(let text):
      Wording("'not' can't follow '\(text)'", hint: "put it in brackets: (not …)")
    case .identityTest(let text):
      Wording(
        "'\(text)' compares with none, true or false only",
        hint: text == "is" ? "write ==" : "write !=")
    case .expectedField(let found):
      Wording("the name of a field should follow '.', not \(found)")
    case .emptyIndex: Wording("an index is missing in '[]'", hint: "write x[:] for all of x")
    default: nil
    }
  }

  private var assignmentWording: Wording? {
    switch self {
    case .assignmentInBrackets:
      Wording("'=' can't stand here", hint: "write == to compare, or name=value for an argument")
    case .assignmentInCondition(let word):
      Wording("'=' assigns, and '\(word)' wants a condition", hint: "write == to compare")
    case .unexpectedAssignment: Wording("'=' can't stand here", hint: "write == to compare")
    case .updateOfSeveral(let text):
      Wording("'\(text)' changes one name, not several", hint: "write a line for each")
    case .appendToValue:
      Wording(
        "append changes a name, and this is a value", hint: "give it a name first")
    case .appendCount(let count):
      Wording("append takes one value, not \(count)", hint: "write xs.append(v)")
    case .appendAsValue:
      Wording(
        "append changes its list and has no value",
        hint: "write xs.append(v) on a line of its own")
    default: nil
    }
  }

  private var definitionWording: Wording? {
    switch self {
    case .repeatedArgument(let name): Wording("the argument '\(name)' is given twice")
    case .positionAfterKeyword(let name):
      Wording(
        "an argument without a name follows '\(name)='",
        hint: "put the arguments with names last")
    case .lambdaColon(let found):
      Wording("':' should follow here, not \(found)", hint: "write lambda x: x + 1")
    case .repeatedParameter(let name): Wording("the parameter '\(name)' is named twice")
    case .tooManyParameters(let limit):
      Wording(
        "a function has at most \(limit) parameters", hint: "put what belongs together in a list")
    case .parameterWithoutDefault(let name, let before):
      Wording(
        "the parameter '\(name)' has no default, but '\(before)' before it has one",
        hint: "put the parameters with defaults last")
    case .expectedParameter(let found):
      Wording(
        "the name of a parameter should stand here, not \(found)",
        hint: found == "'='" ? "lambda is a reserved word: as a name, write lambda_" : nil)
    case .expectedParameters(let name, let found):
      Wording(
        "the parameters of '\(name)' should follow in brackets, not \(found)",
        hint: "write def \(name)():")
    case .expectedFunctionName(let found):
      Wording("the function's name should follow 'def', not \(found)")
    case .reservedName(let word):
      Wording("'\(word)' is a reserved word and can't be a name", hint: "write \(word)_")
    default: nil
    }
  }

  private var blockWording: Wording {
    switch self {
    case .missingColon(let word): Wording("a ':' is missing after this '\(word)'")
    case .emptyBlock(let word):
      Wording(
        "an indented block should follow this '\(word)'",
        hint: "indent its lines; write pass for a block that does nothing")
    case .compoundOnLine(let word):
      Wording("'\(word)' can't stand behind a ':'", hint: "begin a new, indented line")
    case .elseIf: Wording("nn has no 'else if'", hint: "write elif")
    case .branchWithoutIf(let word):
      Wording(
        "this '\(word)' has no 'if'", hint: "put it in the column of its if, with no line between")
    case .expectedIn(let found): Wording("'in' should follow here, not \(found)")
    case .expectedLoopName(let found):
      Wording("a loop names its values: a name should stand here, not \(found)")
    case .outsideFunction: Wording("'return' stands outside a function")
    case .outsideLoop(let word): Wording("'\(word)' stands outside a loop")
    default: Wording("this can't stand here")
    }
  }
}

extension SyntaxProblem.DroppedValue {
  fileprivate var wording: Wording {
    switch self {
    case .comparison(let name):
      Wording(
        "the result of this comparison is dropped",
        hint: "write \(name) = … to assign, or assert to test")
    case .copy(let function, let name):
      Wording(
        "\(function) makes a new value, which is dropped here",
        hint: "write \(name) = \(function)(\(name))")
    case .other:
      Wording(
        "the value of this line is dropped",
        hint: "give it a name, print it, or take the line out")
    }
  }
}

extension SyntaxProblem.TargetFault {
  fileprivate var wording: Wording {
    switch self {
    case .literal: Wording("can't assign to a literal", hint: "a name stands left of '='")
    case .constant(let text): Wording("can't assign to \(text)", hint: "'\(text)' is reserved")
    case .call(let name):
      Wording(
        "can't assign to a call", hint: name.map { "to define a function write def \($0)(…):" })
    case .list: Wording("can't assign to a list", hint: "write a, b = …")
    case .comparison: Wording("can't assign to a comparison", hint: "write == to compare")
    case .conditional: Wording("can't assign to a conditional")
    case .function: Wording("can't assign to a function")
    case .partOfValue:
      Wording("can't change a part of a value without a name", hint: "give it a name first")
    case .computation:
      Wording("can't assign to a computation", hint: "a name, x[…] or net.W1 stands left of '='")
    }
  }
}
