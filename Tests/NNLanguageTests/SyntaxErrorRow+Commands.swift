extension SyntaxErrorRow {
  static let commands: [SyntaxErrorRow] = [
    SyntaxErrorRow(
      "unknown command", "prnt x",
      "1:1-5", "there is no command 'prnt'",
      hint: "did you mean print?"),
    SyntaxErrorRow(
      "unknown command without a neighbour", "frobnicate x",
      "1:1-11", "there is no command 'frobnicate'",
      hint: "a function takes its arguments in brackets: frobnicate(…)"),
    SyntaxErrorRow(
      "string right behind a command", #"print"a""#,
      "1:1-9", "a string right behind the name 'print'",
      hint: "put a space after a command, or brackets around an argument"),
    SyntaxErrorRow(
      "command as a function", "def print(x): pass",
      "1:5-10", "'print' is a command and can't be a function's name",
      hint: "write def my_print(…):"),
    SyntaxErrorRow(
      "text after a command call", "plot(x) * 3",
      "1:1-8", "'*' can't follow the command 'plot(…)'",
      hint: "with a space before the bracket it is part of the operand: plot (…) …"),
    SyntaxErrorRow(
      "unknown option", "print x sepp=3",
      "1:9-13", "'print' has no option 'sepp'",
      hint: "did you mean sep?"),
    SyntaxErrorRow(
      "unknown option without a neighbour", "seed 3 volume=11",
      "1:8-14", "'seed' has no option 'volume'",
      hint: "it has no options"),
    SyntaxErrorRow(
      "option twice", "print x sep=1 sep=2",
      "1:15-18", "the option 'sep' is given twice"),
    SyntaxErrorRow(
      "comma before an option", "print x, sep=3",
      "1:8-9", "a comma before the option 'sep'",
      hint: "spaces separate options: drop the comma"),
    SyntaxErrorRow(
      "comma before an option after the last operand", "table x, rows=3",
      "1:8-9", "a comma before the option 'rows'",
      hint: "spaces separate options: drop the comma"),
    SyntaxErrorRow(
      "comma after an option", #"plot a title="x", b"#,
      "1:17-18", "a comma after the option 'title'",
      hint: "spaces separate options; several values stand in brackets: title=[a, b]"),
    SyntaxErrorRow(
      "operands without a comma", "print x y",
      "1:9-10", "'y' can't stand here",
      hint: "commas separate operands, spaces separate options: print values, … option=value"),
    SyntaxErrorRow(
      "missing operand of a command", "train on x, y",
      "1:7-9", "'train' is missing its operand 'net'",
      hint: "write train net on x, y"),
    SyntaxErrorRow(
      "missing second operand", "train net on x",
      "1:15-15", "'train' is missing its operand 'y'",
      hint: "write train net on x, y"),
    SyntaxErrorRow(
      "missing clause", "train net",
      "1:10-10", "'train' is missing its 'on'",
      hint: "write train net on x, y"),
    SyntaxErrorRow(
      "mistyped little word", "train net onn x, y",
      "1:11-14", "'onn' can't stand here",
      hint: "did you mean on?"),
    SyntaxErrorRow(
      "little word after an option", #"plot f title="x" from 0"#,
      "1:18-22", "'from' comes before the option 'title'",
      hint: "write plot values, … [from low] [to high] title=…"),
    SyntaxErrorRow(
      "too many operands", "seed 1, 2",
      "1:9-10", "'seed' takes one operand here, and this is one more",
      hint: "write seed n"),
    SyntaxErrorRow(
      "unknown data set", "load iriss as d",
      "1:6-11", "there is no data 'iriss'",
      hint: "did you mean iris? A file's name stands in quotes"),
    SyntaxErrorRow(
      "file without quotes", "load data.csv as d",
      "1:6-10", "there is no data 'data'",
      hint: "it is one of iris, mnist, fashion-mnist and fruits360; a file's name stands in quotes"),
    SyntaxErrorRow(
      "missing name to bind", "load iris as 3",
      "1:14-15", "'load' wants a new name here, not '3'"),
    SyntaxErrorRow(
      "unknown word of an option in a call", "train(net, x, y, 5)",
      "1:18-19", "'train' takes 3 operands here, and this is one more",
      hint: "write train(net, x, y)"),
    SyntaxErrorRow(
      "missing operand of a call", "train(net, x)",
      "1:13-14", "'train' is missing its operand 'y'",
      hint: "write train(net, x, y)"),
    SyntaxErrorRow(
      "call of init", "init(net, normal(0, 1))",
      "1:1-6", "'init' is no call",
      hint: "write init net normal(0, 1)"),
    SyntaxErrorRow(
      "unknown initialiser", "init net normall(0)",
      "1:10-17", "there is no initialiser 'normall'",
      hint: "did you mean normal?"),
    SyntaxErrorRow(
      "missing initialiser", "init net",
      "1:9-9", "an initialiser should follow here, not the end of the line",
      hint: "write init net normal(0, 1) or init net from w1, w2"),
    SyntaxErrorRow(
      "network without layers", "network net:\ndense 3",
      "1:1-8", "the network's layers should follow, indented",
      hint: "write network NAME: and under it, indented, dense 10 sigmoid"),
    SyntaxErrorRow(
      "layers on the line", "network net: dense 3",
      "1:14-19", "each layer stands on a line of its own",
      hint: "write network NAME: and under it, indented, dense 10 sigmoid"),
    SyntaxErrorRow(
      "unknown layer", "network net:\n  dens 3",
      "2:3-7", "there is no layer 'dens'",
      hint: "did you mean dense?"),
    SyntaxErrorRow(
      "comma in a layer", "network net:\n  dense 3, relu",
      "2:10-11", "a comma in a layer's line",
      hint: "spaces separate its parts: dense units [activation]"),
    SyntaxErrorRow(
      "computed size", "network net:\n  dense n + 1",
      "2:11-12", "'+' can't stand here",
      hint: "write dense units [activation]; a computed size stands in brackets"),
    SyntaxErrorRow(
      "unknown activation", "network net:\n  dense 3 relo",
      "2:11-15", "there is no activation 'relo'",
      hint: "did you mean relu?"),
    SyntaxErrorRow(
      "missing size", "network net:\n  dense",
      "2:8-8", "'dense' is missing its operand 'units'",
      hint: "write dense units [activation]"),
    SyntaxErrorRow(
      "unknown option of a layer", "network net:\n  dense 3 bais=false",
      "2:11-15", "'dense' has no option 'bais'",
      hint: "did you mean bias?"),
    SyntaxErrorRow(
      "network without colon", "network net\n  dense 3",
      "1:12-12", "a ':' is missing after this 'network'"),
    SyntaxErrorRow(
      "indented layer", "network net:\n  dense 3\n    dense 4",
      "3:5-10", "this line is indented, but no line above it opens a block",
      hint: "begin it in the column of the line above"),
  ]
}
