/// Syntax of Python and its neighbours that nn does not have, each with the nn way.
package enum ForeignSyntax: Sendable, Hashable {
  case annotation
  case async
  case chainedAssignment
  case classDefinition
  case comprehensionElse
  case declaration(String)
  case decorator
  case delete
  case elseIf(String)
  case exception(String)
  case functionKeyword(String)
  case generator
  case importing(String)
  case increment(String)
  case loopElse
  case match(String)
  case module(String, replacement: String?, isCommand: Bool)
  case outerName(String)
  case raising(String)
  case secondFor
  case slashComment
  case starArgument
  case starParameter
  case with
  case yield

  /// What a line that begins with `word` would be elsewhere.
  package init?(statement word: String) {
    switch word {
    case "async", "await": self = .async
    case "class": self = .classDefinition
    case "let", "var", "const": self = .declaration(word)
    case "del": self = .delete
    case "elseif", "elsif", "elsei": self = .elseIf(word)
    case "try", "except", "finally": self = .exception(word)
    case "function", "fn", "func", "fun": self = .functionKeyword(word)
    case "import", "from": self = .importing(word)
    case "match", "switch", "case": self = .match(word)
    case "global", "nonlocal": self = .outerName(word)
    case "raise", "throw": self = .raising(word)
    case "with": self = .with
    case "yield": self = .yield
    default: return nil
    }
  }

  /// It may stand alone before a `:`, as `try:` does.
  package var opensBlock: Bool {
    if case .exception = self { return true }
    return false
  }

  /// What NumPy's members with other names are called here.
  package static func replacement(forModuleMember name: String) -> String? {
    switch name {
    case "newaxis": "none"
    case "power": "power"
    case "amax": "max"
    case "amin": "min"
    case "absolute": "abs"
    case "arctan", "atan": "arctan"
    case "random_sample", "random": "rand"
    case "imshow": "image"
    case "legend": "plot"
    default: nil
    }
  }

  package var wording: Wording {
    switch self {
    case .annotation:
      Wording("nn has no type annotations", hint: "drop the ':' and the type")
    case .async: Wording("nn has no async functions", hint: "drop the word")
    case .chainedAssignment:
      Wording("only one '=' can stand on a line", hint: "write a line for each name")
    case .classDefinition:
      Wording("nn has no classes", hint: "write functions; a network is made by network NAME:")
    case .comprehensionElse:
      Wording(
        "'else' can't stand behind the 'if' of a comprehension",
        hint: "write [a if condition else b for v in xs]")
    case .declaration(let word):
      Wording("nn has no '\(word)'", hint: "assign without it: x = …")
    case .decorator: Wording("nn has no decorators", hint: "call the function: f = g(f)")
    case .delete: Wording("nn has no 'del'", hint: "leave the name; use another one")
    case .elseIf(let word): Wording("nn has no '\(word)'", hint: "write elif")
    case .exception(let word):
      Wording(
        "nn has no '\(word)'",
        hint: "a cell that is meant to fail has the option error=true")
    case .functionKeyword(let word):
      Wording("nn has no '\(word)'", hint: "write def f(x):")
    default: moreWording
    }
  }

  private var moreWording: Wording {
    switch self {
    case .generator:
      Wording("nn has no generators", hint: "write a list: [f(v) for v in xs]")
    case .importing:
      Wording("nn has no imports", hint: "drop the line: all functions are there already")
    case .increment(let text):
      Wording("nn has no '\(text)'", hint: "write x \(text.prefix(1))= 1")
    case .loopElse: Wording("a loop has no 'else'", hint: "remember in a name how the loop ended")
    case .match(let word): Wording("nn has no '\(word)'", hint: "write if, elif, else")
    case .module(let text, let replacement, let isCommand):
      Wording(
        "nn has no modules, so no '\(text)'",
        hint: replacement.map { isCommand ? "write the command \($0)" : "write \($0)" }
          ?? "functions stand without a module before them")
    case .outerName(let word):
      Wording(
        "nn has no '\(word)': a function can't assign the names outside it",
        hint: "return the value and assign it where the function is called")
    case .raising(let word):
      Wording("nn has no '\(word)'", hint: "write assert condition, \"why\"")
    case .secondFor:
      Wording("a comprehension has one 'for'", hint: "put another list into it: [[…] for v in xs]")
    case .slashComment: Wording("a value can't begin with '/'", hint: "a comment begins with #")
    case .starArgument:
      Wording("nn has no '*' before a value", hint: "give the arguments one by one, or a list")
    case .starParameter:
      Wording("nn has no '*' before a parameter", hint: "take a list, or parameters with defaults")
    case .with: Wording("nn has no 'with'", hint: "load and save open and close their files")
    case .yield: Wording("nn has no generators", hint: "collect the values in a list")
    default: Wording("nn has no such syntax")
    }
  }
}
