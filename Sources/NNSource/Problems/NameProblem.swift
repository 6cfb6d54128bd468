/// Names that are not there, or may not be used so.
package enum NameProblem: Sendable, Hashable {
  case unknown(String, suggestion: String?)
  /// `x.f(a)` where there is no function `f`.
  case unknownMethod(String, suggestion: String?)
  /// `line`: where it gets its value; `cell`: the label of that cell, when it is another one.
  case usedBeforeAssignment(String, line: Int?, cell: String?)
  case commandAsValue(String, usage: String)
  /// A local name read before its function assigned it.
  case unassignedLocal(String, function: String?)
  /// A function changes a part of a name that is not its own.
  case changesOuterName(String)
  /// A file must be named by a literal, so that a cell's files can be read off its source.
  case fileNotLiteral(verb: String)
  case noField(String, of: String, known: [String])
  /// `x.mean` without its brackets.
  case functionAsField(String, of: String)
  /// `nnbook help nn trian`
  case unknownTopic(String, suggestion: String?)
  /// `net.history.loss` before any training.
  case historyOfUntrained(String)
  /// The language names it, and this version does not have it yet.
  case notBuilt(String)

  package var wording: Wording {
    switch self {
    case .unknown(let name, let suggestion):
      Wording(
        "there is no name '\(name)'",
        hint: Self.otherNames[name] ?? suggestion.map { "did you mean \($0)?" })
    case .unknownMethod(let name, let suggestion):
      Wording(
        "there is no function '\(name)'",
        hint: Self.otherNames[name] ?? suggestion.map { "did you mean \($0)?" })
    case .usedBeforeAssignment(let name, let line, let cell):
      Wording(
        "'\(name)' is used here, but assigned only further down",
        hint: line.map { line in
          cell.map { "line \(line) assigns it, in the cell '\($0)': move that cell up" }
            ?? "line \(line) assigns it"
        })
    case .commandAsValue(let name, let usage):
      Wording(
        "'\(name)' is a command and has no value",
        hint: "write it on a line of its own: \(usage)")
    case .unassignedLocal(let name, let function):
      Wording(
        "'\(name)' has no value yet: \(function.map { "'\($0)'" } ?? "its function") assigns it, "
          + "so it is a name of the function's own",
        hint: "assign it first, or give the function a parameter \(name)")
    case .changesOuterName(let name):
      Wording(
        "a function can't change '\(name)', which belongs outside it",
        hint: "take \(name) as a parameter, and return the new one")
    case .noField(let name, let owner, let known):
      Wording(
        "\(owner) has no field '\(name)'",
        hint: Spelling.nearest(to: name, among: known).map { "did you mean \($0)?" }
          ?? (known.isEmpty ? nil : "it has " + known.joined(separator: ", ")))
    case .functionAsField(let name, let owner):
      Wording(
        "\(owner) has no field '\(name)', which is a function",
        hint: "call it: .\(name)()")
    case .unknownTopic(let name, let suggestion):
      Wording(
        "no function or command '\(name)'",
        hint: suggestion.map { "did you mean \($0)?" } ?? "nnbook help nn lists all there are")
    case .historyOfUntrained(let name):
      Wording(
        "the history has no '\(name)' yet: the network has not been trained",
        hint: "train net on x, y epochs=10 fills it")
    case .notBuilt(let name): Wording("'\(name)' is not built yet in this version of nnbook")
    case .fileNotLiteral(let verb):
      Wording(
        "'\(verb)' wants the name of its file in quotes, here in the program",
        hint: "write \(verb) … \"name\"")
    }
  }

  private static let textHint = "nn cuts texts by s[a:b] and joins them by +; it has no more"

  /// What the functions and constants of other languages are called here.
  private static let otherNames: [String: String] = [
    "upper": textHint, "lower": textHint, "strip": textHint, "replace": textHint,
    "split": textHint, "startswith": textHint, "endswith": textHint,
    "join": "print a, b sep=\"-\" writes values with something between them",
    "pop": "xs[:-1] is the list without its last element", "extend": "write xs = xs + ys",
    "insert": "write xs = xs[:i] + [v] + xs[i:]", "remove": "write [v for v in xs if v != x]",
    "copy": "values do not alias: y = x is a copy already", "items": "nn has no dicts",
    "keys": "nn has no dicts", "sorted": "write sort(x)", "reversed": "write x[::-1]",
    "map": "write [f(v) for v in xs]", "filter": "write [v for v in xs if …]",
    "divmod": "write a // b, a % b", "isinstance": "x.dtype tells what a tensor holds",
    "type": "x.dtype tells what a tensor holds", "amax": "write max", "amin": "write min",
    "concat": "write concatenate", "vstack": "write concatenate([a, b])",
    "hstack": "write concatenate([a, b], axis=1)", "inv": "nn has no matrix inverse",
    "median": "sort(x)[len(x) // 2] is the middle one", "newaxis": "write none",
    "null": "write none", "nil": "write none", "undefined": "write none", "NULL": "write none",
    "NaN": "write nan", "Inf": "write inf", "Infinity": "write inf", "ln": "write log",
    "atan": "write arctan", "length": "write len", "size": "write x.size", "pow": "write **",
    "dict": "nn has no dicts; use several names", "set": "nn has no sets; use unique(x)",
    "open": "write load \"file\" as d", "input": "write the value into the program",
    "float16": "the dtypes are bool, uint8, int64, float32 and float64",
    "int32": "the dtypes are bool, uint8, int64, float32 and float64",
    "average": "write mean", "println": "write print", "self": "nn has no classes",
    "eval": "nn has no eval", "tuple": "write a, b",
  ]
}
