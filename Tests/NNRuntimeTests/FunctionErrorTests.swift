import Testing

/// What is said when a call can't be: the program, and the message with its hint. The table is the
/// catalogue.
@Suite struct FunctionErrorTests {
  @Test func functions() {
    expect(
      "zeros(2, 3)",
      "1:10: zeros takes its sizes as one tuple | write zeros((2, 3)) for 2 rows of 3")
    expect("zeros(-1)", "1:7: zeros can't make a tensor of size -1 | sizes are 0 or more")
    expect(
      "ones(2, dtype=\"float\")",
      "1:15: ones wants a dtype for 'dtype', not the string 'float'"
        + " | dtype: the elements' type: bool, uint8, int64, float32 or float64")
    expect("arange(0, 5, 0)", "1:1: a step can't be 0")
    expect("linspace(0, 1, -1)", "1:16: linspace wants 0 numbers or more for 'num', not -1")
    expect(
      "range(2.0)",
      "1:7: range wants a whole number for 'start', not 2.0"
        + " | int(…) cuts a fraction off, // divides to a whole number")
    expect("range(0, 5, 0)", "1:13: range wants a step for 'step', not 0")
    expect(
      "range(0, 9223372036854775807)",
      "1:1: range(0, 9223372036854775807, 1) is outside the 64-bit integers"
        + " | write a float, 2.0 in place of 2, say")
    expect("list(range(10 ** 12))", "1:6: a list of more than 16777216 elements")
    expect(
      "zip([1], 3)",
      "1:10: zip wants a list, a tensor or a string for 'sequences', not 3"
        + " | sequences: what to go through side by side: lists, tensors, ranges")
    expect(
      "len(3)",
      "1:5: len wants a list, a tensor or a string for 'x', not 3"
        + " | x: a tensor, a list, a tuple, a range or a string")
    expect(
      "exp(\"a\")",
      "1:5: exp wants a tensor for 'x', not the string 'a'"
        + " | x: a number, a tensor or a list of numbers")
    expect(
      "sum([1, 2], axis=1)",
      "1:18: there is no axis 1 in shape (2,) | axes go from 0 to 0, or from -1 to -1")
    expect(
      "sum(3, 5)",
      "1:1: sum folds the elements of one tensor or list, and its first argument is a number"
        + " | write sum([a, b, c])")
    expect(
      "max([1, 2], [3, 4])",
      "1:13: max of a tensor takes an axis next, not another tensor"
        + " | maximum(a, b) compares two tensors element by element")
    expect(
      "max(3, \"a\")", "1:8: max wants numbers side by side for 'numbers', not the string 'a'")
    expect(
      "int([1, 2])",
      "1:5: int makes one plain number, not a tensor of shape (2,)"
        + " | x.astype(int64) converts every element")
    expect("int(\"3.5\")", "1:5: the text '3.5' is no integer")
    expect("int(nan)", "1:5: int of nan: it is no integer")
    expect("round(inf)", "1:1: round of inf: it is no integer")
    expect("float(\"abc\")", "1:7: the text 'abc' is no number")
    expect("float(\"0x10\")", "1:7: the text '0x10' is no number")
    expect(
      "int(none)",
      "1:5: int wants a number or a string for 'x', not none"
        + " | x: a number, or a text with a whole number in it")
    expect("where([true], 1)", "1:1: where needs 'y' | give it by place or as y=…")
    expect(
      "norm([[1, 2]], 3)",
      "1:16: norm wants 1, -1, 2, -2, inf, -inf, \"fro\" or \"nuc\" for 'ord', not 3 for a matrix")
    expect("norm([1], \"l2\")", "1:11: norm does not know ord=l2 | it knows fro and nuc")
    expect(
      "histogram([1], 0)",
      "1:16: histogram wants 1 to 1000000 bins, or their edges for 'bins', not 0")
    expect(
      "abs(-9223372036854775807 - 1)",
      "1:1: abs(-9223372036854775808) is outside the 64-bit integers | write a float, 2.0 in place of 2, say"
    )
    expect("clip([1], 0, a_min=1)", "1:14: clip is given 'a_min' twice | leave one of them out")
    expect("clip([1], 0, min=1)", "1:18: clip is given 'a_min' twice | leave one of them out")
    expect("sums([1])", "1:1: there is no name 'sums' | did you mean sum?")
    expect("sum([1], axes=0)", "1:10: sum has no argument 'axes' | did you mean 'axis'?")
    expect(
      "choice(3, 5, replace=false)",
      "1:1: choice can't draw 5 of 3 elements without replacement | replace=true lets an element be drawn more than once"
    )
    expect("sample([1, 2, 3], 2)", "1:19: sample takes at most 1 argument, not 2")
  }

  @Test func charts() {
    expect(
      "plot 3",
      "1:6: plot draws several numbers, and 3 is a single one | collect them in a list: xs.append(v)"
    )
    expect(
      "plot \"a\"",
      "1:6: plot wants a tensor or a function for 'series', not the string 'a'"
        + " | series: vectors, matrices (a line a column) or functions")
    expect("plot []", "1:6: plot has nothing to show: [] has no elements")
    expect(
      "plot zeros((2, 2, 2))",
      "1:6: plot takes vectors and matrices, and zeros((2, 2, 2)) has shape (2, 2, 2)")
    expect("plot [1, 2] x=[1, 2, 3]", "1:15: x=[1, 2, 3] has 3 elements, [1, 2] has 2")
    expect(
      "plot [1], [2] labels=[\"a\"]", "1:22: labels has 1 element for 2 series | give one for each")
    expect(
      "plot tanh",
      "1:6: tanh is a function, and plot was not told where to draw it | write plot tanh from -5 to 5"
    )
    expect("plot tanh from 1", "1:1: the range has no 'to' | write both: from -5 to 5")
    expect("plot tanh from 2 to 1", "1:16: there is nothing to draw from 2.0 to 1.0")
    expect(
      "plot [1, 2] from 0 to 1",
      "1:6: 'from … to' is for functions, and [1, 2] is none | x=… places a tensor's elements along the axis"
    )
    expect(
      "plot str from 0 to 1", "1:6: str gives a string for a number, and a plot needs a number")
    expect(
      "plot zeros(2000000)",
      "1:6: plot draws at most 1000000 points, not 2000000 | show a part of them: x[:100], or every tenth: x[::10]"
    )
    expect(
      "plot [1, 2] yscale=\"cubic\"",
      "1:20: plot does not know yscale=cubic | it knows linear and log")
    expect("scatter [1, 2], [1]", "1:17: [1, 2] has 2 elements, [1] has 1")
    expect(
      "scatter [1, 2], [1, 2] color=[0.5, 1]",
      "1:30: color=[0.5, 1] colours by class, so it must hold whole numbers or strings | x.astype(int64) makes whole numbers"
    )
    expect(
      "bar [\"a\"], [1]",
      "1:5: bar draws numbers, and [\"a\"] is a list of 1 | names of the bars go after x=")
    expect("bar [1, 2], [1]", "1:13: [1, 2] has 2 elements, [1] has 1")
    expect("bar [1, 2] x=[\"a\"]", "1:14: x has 1 element for 2 bars | give one for each")
    expect("heatmap [1, 2]", "1:9: heatmap takes a matrix, and [1, 2] has shape (2,)")
    expect(
      "image zeros(784)",
      "1:7: image shows matrices, and zeros(784) is a row of 784 | zeros(784).reshape(28, 28) is a square picture"
    )
    expect(
      "image zeros((500, 2, 2))",
      "1:1: image draws at most 400 pictures, not 500 | show a part of them: x[:100], or every tenth: x[::10]"
    )
    expect(
      "image [[1, 2]] titles=[\"a\", \"b\"]",
      "1:23: titles has 2 elements for 1 picture | give one for each")
    expect("image [[1, 2]] columns=0", "1:24: image wants 1 to 400 columns for 'columns', not 0")
    expect(
      "image \"a\"",
      "1:7: image wants a matrix for 'pictures', not the string 'a' | pictures: matrices"
        + " (height, width), colour pictures (height, width, 3), or several in one tensor")
    expect(
      "table \"a\"",
      "1:7: table wants a matrix or something with fields (a history, say) for 'x', not the string 'a'"
        + " | x: a matrix, a list of rows, a history or a prediction")
    expect(
      "table zeros((2, 2, 2))",
      "1:7: table takes a matrix, and zeros((2, 2, 2)) has shape (2, 2, 2)")
    expect(
      "table zeros((2, 500))",
      "1:7: table draws at most 200 columns, not 500 | show a part of them: x[:100], or every tenth: x[::10]"
    )
    expect(
      "table [[1, 2], [3, \"a\", 5]]",
      "1:7: the rows of [[1, 2], [3, \"a\", 5]] have different lengths: row 1 has 3 elements, row 0 has 2"
    )
    expect(
      "table [[1, 2]] column_names=[\"a\"]",
      "1:29: column_names has 1 element for 2 columns | give one for each")
    expect("seed -1", "1:6: seed wants a whole number from 0 to 4294967295 for 'n', not -1")
    expect(
      "seed 1.5",
      "1:6: seed wants a whole number for 'n', not 1.5"
        + " | int(…) cuts a fraction off, // divides to a whole number")
  }

  /// A function's own error is told when it fails on single numbers too.
  @Test func aFailingFunctionIsToldAtItsPlace() {
    expect(
      "def f(v):\n    return v + \"a\"\nplot f from 0 to 1",
      "2:12: + does not work between a number (float64) and a string | str(…) makes a text of a number, float(…) a number of a text"
    )
  }

  private func expect(_ program: String, _ error: String) {
    #expect(ProgramRun(program).error == error, "\(program)")
  }
}
