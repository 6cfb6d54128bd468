extension SyntaxErrorRow {
  static let foreignSyntax: [SyntaxErrorRow] = [
    SyntaxErrorRow(
      "import", "import numpy as np",
      "1:1-7", "nn has no imports",
      hint: "drop the line: all functions are there already"),
    SyntaxErrorRow(
      "from import", "from numpy import exp",
      "1:1-5", "nn has no imports",
      hint: "drop the line: all functions are there already"),
    SyntaxErrorRow(
      "module", "y = np.exp(x)",
      "1:5-11", "nn has no modules, so no 'np.exp'",
      hint: "write exp"),
    SyntaxErrorRow(
      "module in a module", "np.random.seed(99)",
      "1:1-15", "nn has no modules, so no 'np.random.seed'",
      hint: "write the command seed"),
    SyntaxErrorRow(
      "module's plot", "plt.plot(x)",
      "1:1-9", "nn has no modules, so no 'plt.plot'",
      hint: "write the command plot"),
    SyntaxErrorRow(
      "class", "class Net:\n  pass",
      "1:1-6", "nn has no classes",
      hint: "write functions; a network is made by network NAME:"),
    SyntaxErrorRow(
      "try", "try:\n  x = 1",
      "1:1-4", "nn has no 'try'",
      hint: "a cell that is meant to fail has the option error=true"),
    SyntaxErrorRow(
      "with", #"with open("f") as f:\#n  pass"#,
      "1:1-5", "nn has no 'with'",
      hint: "load and save open and close their files"),
    SyntaxErrorRow(
      "global", "def f():\n  global x",
      "2:3-9", "nn has no 'global': a function can't assign the names outside it",
      hint: "return the value and assign it where the function is called"),
    SyntaxErrorRow(
      "del", "del x",
      "1:1-4", "nn has no 'del'",
      hint: "leave the name; use another one"),
    SyntaxErrorRow(
      "raise", #"raise ValueError("a")"#,
      "1:1-6", "nn has no 'raise'",
      hint: #"write assert condition, "why""#),
    SyntaxErrorRow(
      "yield", "yield x",
      "1:1-6", "nn has no generators",
      hint: "collect the values in a list"),
    SyntaxErrorRow(
      "async", "async def f():\n  pass",
      "1:1-6", "nn has no async functions",
      hint: "drop the word"),
    SyntaxErrorRow(
      "decorator", "@cached\ndef f(): pass",
      "1:1-2", "nn has no decorators",
      hint: "call the function: f = g(f)"),
    SyntaxErrorRow(
      "star argument", "f(*args)",
      "1:3-4", "nn has no '*' before a value",
      hint: "give the arguments one by one, or a list"),
    SyntaxErrorRow(
      "star parameter", "def f(*args): pass",
      "1:7-8", "nn has no '*' before a parameter",
      hint: "take a list, or parameters with defaults"),
    SyntaxErrorRow(
      "annotation of a name", "x: int = 3",
      "1:2-3", "nn has no type annotations",
      hint: "drop the ':' and the type"),
    SyntaxErrorRow(
      "annotation of a result", "def f(x) -> int:\n  return x",
      "1:10-12", "nn has no operator '->'",
      hint: "leave the result's type out"),
    SyntaxErrorRow(
      "generator", "y = sum(v for v in xs)",
      "1:11-14", "nn has no generators",
      hint: "write a list: [f(v) for v in xs]"),
    SyntaxErrorRow(
      "second for", "y = [v for v in xs for w in v]",
      "1:20-23", "a comprehension has one 'for'",
      hint: "put another list into it: [[…] for v in xs]"),
    SyntaxErrorRow(
      "else in a comprehension", "y = [v for v in xs if v else 0]",
      "1:25-29", "'else' can't stand behind the 'if' of a comprehension",
      hint: "write [a if condition else b for v in xs]"),
    SyntaxErrorRow(
      "comment of C", "// the weights",
      "1:1-3", "a value can't begin with '/'",
      hint: "a comment begins with #"),
    SyntaxErrorRow(
      "let", "let x = 3",
      "1:1-4", "nn has no 'let'",
      hint: "assign without it: x = …"),
    SyntaxErrorRow(
      "function keyword", "function f(x):",
      "1:1-9", "nn has no 'function'",
      hint: "write def f(x):"),
  ]
}
