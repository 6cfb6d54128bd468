extension SyntaxErrorRow {
  static let expressionsAndBlocks: [SyntaxErrorRow] = [
    SyntaxErrorRow(
      "unclosed bracket", "x = (1 + 2\ny = 3",
      "1:5-6", "this '(' is never closed",
      hint: "write a ')' where it ends"),
    SyntaxErrorRow(
      "unclosed list above a statement", "x = [1, 2\ny = 3\nz = 4]",
      "1:5-6", "this '[' is never closed",
      hint: "write a ']' where it ends"),
    SyntaxErrorRow(
      "unclosed call above a function", "a = f(1, 2\ndef g(x):\n  return x",
      "1:6-7", "this '(' is never closed",
      hint: "write a ')' where it ends"),
    SyntaxErrorRow(
      "the first of two unclosed brackets", "x = f(1, 2\ny = [3, 4",
      "1:6-7", "this '(' is never closed",
      hint: "write a ')' where it ends"),
    SyntaxErrorRow(
      "bracket that closes nothing", "y = 3)",
      "1:6-7", "this ')' closes nothing"),
    SyntaxErrorRow(
      "mismatched bracket", "y = [3)",
      "1:7-8", "')' can't close a '['",
      hint: "close it with ']'"),
    SyntaxErrorRow(
      "missing comma in a list", "x = [1, 2\n  3]",
      "2:3-4", "a comma is missing before '3'",
      hint: "elements and arguments are separated by ','"),
    SyntaxErrorRow(
      "missing comma in a call", "f(a b)",
      "1:5-6", "a comma is missing before 'b'",
      hint: "elements and arguments are separated by ','"),
    SyntaxErrorRow(
      "two values in a row", "x = 1 2",
      "1:7-8", "'2' follows a value with no operator between them"),
    SyntaxErrorRow(
      "function without brackets", "y = exp x",
      "1:9-10", "'exp' is a function and takes its arguments in brackets",
      hint: "write exp(…)"),
    SyntaxErrorRow(
      "function without brackets on a line", "exp x",
      "1:1-4", "'exp' is a function and takes its arguments in brackets",
      hint: "write exp(…)"),
    SyntaxErrorRow(
      "command as a value", "y = load iris",
      "1:10-14", "'load' is a command and has no value",
      hint: "write it on a line of its own: load data as d"),
    SyntaxErrorRow(
      "missing operand", "y = 3 +",
      "1:8-8", "a value should follow '+', not the end of the line"),
    SyntaxErrorRow(
      "operator twice", "y = 3 * / 2",
      "1:9-10", "a value should follow '*', not '/'"),
    SyntaxErrorRow(
      "value missing after equals", "y =",
      "1:4-4", "a value should follow '=', not the end of the line"),
    SyntaxErrorRow(
      "not after an operator", "y = 1 + not x",
      "1:9-12", "'not' can't follow an operator",
      hint: "put it in brackets: (not …)"),
    SyntaxErrorRow(
      "lambda after an operator", "y = 1 + lambda x: x",
      "1:9-15", "'lambda' can't follow an operator",
      hint: "put it in brackets: (lambda …)"),
    SyntaxErrorRow(
      "lambda without colon", "f = lambda x x",
      "1:14-15", "':' should follow here, not 'x'",
      hint: "write lambda x: x + 1"),
    SyntaxErrorRow(
      "conditional without else", "y = 1 if x",
      "1:11-11", "'else' should follow here, not the end of the line",
      hint: "write a if condition else b"),
    SyntaxErrorRow(
      "reserved word as a value", "y = 3 + if",
      "1:9-11", "a value should follow '+', and 'if' is a reserved word"),
    SyntaxErrorRow(
      "assignment in a condition", "if x = 3:\n  pass",
      "1:6-7", "'=' assigns, and 'if' wants a condition",
      hint: "write == to compare"),
    SyntaxErrorRow(
      "assignment in brackets", "y = (x = 3)",
      "1:8-9", "'=' can't stand here",
      hint: "write == to compare, or name=value for an argument"),
    SyntaxErrorRow(
      "missing colon", "if x == 3\n  pass",
      "1:10-10", "a ':' is missing after this 'if'"),
    SyntaxErrorRow(
      "missing colon after def", "def f(x)\n  return x",
      "1:9-9", "a ':' is missing after this 'def'"),
    SyntaxErrorRow(
      "missing block", "if x == 3:\ny = 1",
      "2:1-2", "an indented block should follow this 'if'",
      hint: "indent its lines; write pass for a block that does nothing"),
    SyntaxErrorRow(
      "missing block at the end", "for i in x:",
      "1:1-4", "an indented block should follow this 'for'",
      hint: "indent its lines; write pass for a block that does nothing"),
    SyntaxErrorRow(
      "unexpected indent", "x = 3\n  y = 4",
      "2:3-4", "this line is indented, but no line above it opens a block",
      hint: "begin it in the column of the line above"),
    SyntaxErrorRow(
      "dedent that matches nothing", "if x:\n    y = 1\n  z = 2",
      "3:1-3", "this indentation matches no line above",
      hint: "give the lines of a block the same number of spaces"),
    SyntaxErrorRow(
      "tab", "if x:\n\ty = 3",
      "2:1-2", "a tab in the indentation",
      hint: "indent with spaces"),
    SyntaxErrorRow(
      "else if", "if x:\n  pass\nelse if y:\n  pass",
      "3:1-8", "nn has no 'else if'",
      hint: "write elif"),
    SyntaxErrorRow(
      "elif without if", "elif x:\n  pass",
      "1:1-5", "this 'elif' has no 'if'",
      hint: "put it in the column of its if, with no line between"),
    SyntaxErrorRow(
      "else of a loop", "for x in y:\n  pass\nelse:\n  pass",
      "3:1-5", "a loop has no 'else'",
      hint: "remember in a name how the loop ended"),
    SyntaxErrorRow(
      "block behind a colon", "if x: if y: pass",
      "1:7-9", "'if' can't stand behind a ':'",
      hint: "begin a new, indented line"),
    SyntaxErrorRow(
      "network behind a colon", "if x: network net:\n  dense 3",
      "1:7-14", "'network' can't stand behind a ':'",
      hint: "begin a new, indented line"),
    SyntaxErrorRow(
      "loop without in", "for x y:\n  pass",
      "1:7-8", "'in' should follow here, not 'y'"),
    SyntaxErrorRow(
      "loop over a literal name", "for 3 in y:\n  pass",
      "1:5-6", "a loop names its values: a name should stand here, not '3'"),
    SyntaxErrorRow(
      "return outside", "return 3",
      "1:1-7", "'return' stands outside a function"),
    SyntaxErrorRow(
      "break outside", "break",
      "1:1-6", "'break' stands outside a loop"),
    SyntaxErrorRow(
      "continue in a function in a loop", "while true:\n  def f():\n    continue",
      "3:5-13", "'continue' stands outside a loop"),
    SyntaxErrorRow(
      "assignment to a call", "f(x) = 3",
      "1:1-5", "can't assign to a call",
      hint: "to define a function write def f(…):"),
    SyntaxErrorRow(
      "assignment to a literal", "3 = x",
      "1:1-2", "can't assign to a literal",
      hint: "a name stands left of '='"),
    SyntaxErrorRow(
      "assignment to a reserved word", "none = 3",
      "1:1-5", "can't assign to none",
      hint: "'none' is reserved"),
    SyntaxErrorRow(
      "assignment to a comparison", "x == y = 3",
      "1:1-7", "can't assign to a comparison",
      hint: "write == to compare"),
    SyntaxErrorRow(
      "assignment to a computation", "x + 1 = 3",
      "1:1-6", "can't assign to a computation",
      hint: "a name, x[…] or net.W1 stands left of '='"),
    SyntaxErrorRow(
      "update of a tuple", "a, b += 1",
      "1:1-5", "'+=' changes one name, not several",
      hint: "write a line for each"),
    SyntaxErrorRow(
      "chained assignment", "a = b = 3",
      "1:7-8", "only one '=' can stand on a line",
      hint: "write a line for each name"),
    SyntaxErrorRow(
      "append as a value", "y = xs.append(3)",
      "1:8-14", "append changes its list and has no value",
      hint: "write xs.append(v) on a line of its own"),
    SyntaxErrorRow(
      "append of two", "xs.append(3, 4)",
      "1:1-16", "append takes one value, not 2",
      hint: "write xs.append(v)"),
    SyntaxErrorRow(
      "append to a value", "f(x).append(3)",
      "1:1-5", "append changes a name, and this is a value",
      hint: "give it a name first"),
    SyntaxErrorRow(
      "reserved name of a function", "def if(x): pass",
      "1:5-7", "'if' is a reserved word and can't be a name",
      hint: "write if_"),
    SyntaxErrorRow(
      "reserved name of a parameter", "def f(in): pass",
      "1:7-9", "'in' is a reserved word and can't be a name",
      hint: "write in_"),
    SyntaxErrorRow(
      "parameter twice", "def f(x, x): pass",
      "1:10-11", "the parameter 'x' is named twice"),
    SyntaxErrorRow(
      "256 parameters", "def f(\((0...255).map { "p\($0)" }.joined(separator: ","))): pass",
      "1:1172-1176", "a function has at most 255 parameters",
      hint: "put what belongs together in a list"),
    SyntaxErrorRow(
      "default before none", "def f(x=1, y): pass",
      "1:12-13", "the parameter 'y' has no default, but 'x' before it has one",
      hint: "put the parameters with defaults last"),
    SyntaxErrorRow(
      "def without brackets", "def f:\n  pass",
      "1:6-7", "the parameters of 'f' should follow in brackets, not ':'",
      hint: "write def f():"),
    SyntaxErrorRow(
      "keyword twice", "f(a=1, a=2)",
      "1:8-9", "the argument 'a' is given twice"),
    SyntaxErrorRow(
      "position after keyword", "f(a=1, 2)",
      "1:8-9", "an argument without a name follows 'a='",
      hint: "put the arguments with names last"),
    SyntaxErrorRow(
      "is with a number", "x is 3",
      "1:3-7", "'is' compares with none, true or false only",
      hint: "write =="),
    SyntaxErrorRow(
      "is not with a string", #"x is not "a""#,
      "1:3-13", "'is not' compares with none, true or false only",
      hint: "write !="),
    SyntaxErrorRow(
      "empty index", "x[]",
      "1:2-4", "an index is missing in '[]'",
      hint: "write x[:] for all of x"),
    SyntaxErrorRow(
      "ellipsis outside an index", "x = ...",
      "1:5-8", "'...' stands only between the brackets of an index"),
    SyntaxErrorRow(
      "field missing", "x.",
      "1:3-3", "the name of a field should follow '.', not the end of the line"),
  ]
}
