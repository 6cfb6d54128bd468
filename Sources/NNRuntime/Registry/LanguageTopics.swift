import NNLanguage

/// Something of the language that is no entry of the registry and has no signature: a statement, a
/// field. The help shows it as it shows the others.
package struct LanguageTopic: Sendable {
  /// Every word that leads here; the first one is its title.
  package let names: [String]
  package let family: String
  package let usages: [String]
  package let summary: String
  package let notes: String
  package let example: String
  package let seeAlso: [String]

  init(
    _ names: [String], _ family: String, _ usages: [String], _ summary: String,
    notes: String = "", example: String, seeAlso: [String] = []
  ) {
    self.names = names
    self.family = family
    self.usages = usages
    self.summary = summary
    self.notes = notes
    self.example = example
    self.seeAlso = seeAlso
  }
}

extension Registry {
  /// The headings of the help, in its order. Those without an entry are left out of it.
  package static let families: [(name: String, title: String)] = [
    ("show", "Showing values"), ("charts", "Charts and pictures"), ("networks", "Networks"),
    ("layers", "Layers"), ("activations", "Activations"), ("losses", "Losses"),
    ("metrics", "Metrics"), ("data", "Data"), ("make", "Making tensors and lists"),
    ("shape", "Shape and type"), ("maths", "Elementwise maths"), ("reduce", "Reductions"),
    ("find", "Finding and comparing"), ("algebra", "Products"), ("random", "Random numbers"),
    ("images", "Images"), ("text", "Texts and numbers"), ("checks", "Checks"),
    ("statements", "Statements"), ("fields", "Fields"), ("constants", "Predefined names"),
  ]

  package static let topics: [LanguageTopic] = statementTopics + wordTopics + fieldTopics

  private static let statementTopics: [LanguageTopic] = [
    LanguageTopic(
      ["for", "in"], "statements", ["for name in values:"],
      "does its block for each element: of a range, a list, a tensor's rows",
      notes: "in also asks whether a value is among others: 3 in xs. "
        + "Several names take a tuple apart: for x, y in zip(a, b):",
      example: "for i in range(3):\n    print i, i ** 2\nfor row in [[1, 2], [3, 4]]:\n"
        + "    print row.sum()", seeAlso: ["range", "zip", "enumerate", "while"]),
    LanguageTopic(
      ["while"], "statements", ["while condition:"], "does its block as long as a condition holds",
      example: "n = 100\nsteps = 0\nwhile n > 1:\n    n = n // 2\n    steps += 1\nprint steps",
      seeAlso: ["for", "break", "continue"]),
    LanguageTopic(
      ["if", "elif", "else"], "statements", ["if condition:", "a if condition else b"],
      "does its block when a condition holds; also an expression with two outcomes",
      notes: "A tensor of several elements is neither true nor false: write all(…) or any(…), or "
        + "choose element by element with where.",
      example: "x = 0.3\nif x > 0.5:\n    print \"yes\"\nelif x > 0.2:\n    print \"perhaps\"\n"
        + "else:\n    print \"no\"\nprint \"big\" if x > 1 else \"small\"",
      seeAlso: ["and", "all", "any", "where"]),
    LanguageTopic(
      ["def", "return"], "statements", ["def name(parameter, parameter=default):"],
      "makes a function; return ends it and gives its value",
      notes: "Names assigned in a function are its own. It reads the notebook's names as they are "
        + "when it is called, and can't assign them. Several values are returned with commas "
        + "between them. x.f(a) calls f(x, a).",
      example: "def line(x, slope=1, start=0):\n    return slope * x + start\n\n"
        + "print line(2), line(2, start=5), line([1, 2, 3], 10)", seeAlso: ["lambda", "return"]),
    LanguageTopic(
      ["lambda"], "statements", ["lambda x: expression"], "a function without a name, of one line",
      example: "square_plus = lambda x, b=1: x * x + b\nprint square_plus(3), square_plus(3, 0)\n"
        + "plot lambda x: x ** 3 - x from -2 to 2", seeAlso: ["def", "plot"]),
    LanguageTopic(
      ["break"], "statements", ["break"], "leaves the loop it stands in",
      example: "for n in range(10, 100):\n    if n % 7 == 0:\n        print n\n        break",
      seeAlso: ["continue", "for", "while"]),
    LanguageTopic(
      ["continue"], "statements", ["continue"], "goes on with the loop's next turn",
      example: "for n in range(6):\n    if n % 2 == 0:\n        continue\n    print n",
      seeAlso: ["break", "for", "while"]),
    LanguageTopic(
      ["pass"], "statements", ["pass"], "does nothing, where a block must stand",
      example: "for n in range(3):\n    pass\nprint n", seeAlso: ["if", "for"]),
  ]

  private static let wordTopics: [LanguageTopic] = [
    LanguageTopic(
      ["and", "or", "not"], "statements", ["a and b", "a or b", "not a"],
      "joins conditions, one true or false each",
      notes: "and and or look at their right side only where the left one leaves it open. Between "
        + "tensors of bools write &, | and ~, with brackets round the comparisons.",
      example: "x = 3\nprint x > 0 and x < 5, not x == 3\nt = array([1, 5, 9])\n"
        + "print (t > 2) & (t < 8)", seeAlso: ["if", "all", "any"]),
    LanguageTopic(
      ["is"], "statements", ["x is none", "x is not none"],
      "compares with none, true or false; numbers are compared with ==",
      example: "best = none\nprint best is none\nbest = 0.5\nprint best is not none",
      seeAlso: ["none", "if"]),
    LanguageTopic(
      ["true", "false", "none"], "constants", ["true", "false", "none"],
      "the two truth values, and what stands for nothing; True, False, None are the same words",
      notes: "A function without return gives none. As an index none adds an axis: x[none, :].",
      example: "print true, not true, none\nx = [1, 2, 3]\nprint x[none, :].shape",
      seeAlso: ["bool", "is"]),
  ]

  private static let fieldTopics: [LanguageTopic] =
    TensorField.allCases.map { field in
      LanguageTopic(
        ["." + field.rawValue], "fields", ["x.\(field.rawValue)"], field.summary,
        example: field.example, seeAlso: field.seeAlso)
    } + [
      LanguageTopic(
        [".derivative"], "fields", ["relu.derivative", "sigmoid.derivative(x)"],
        "the slope of an activation, as a function",
        notes: "Every activation but softmax has one. At 0 relu, leaky_relu and prelu take the "
          + "slope on the left.",
        example: "print tanh.derivative([-1, 0, 1])\nplot tanh, tanh.derivative from -4 to 4",
        seeAlso: ["tanh", "relu", "plot"]),
      LanguageTopic(
        [".history"], "fields", ["net.history.loss", "net.history.accuracy"],
        "what train measured, a vector with an element an epoch",
        notes: "With validation=(x, y) there are val_loss and the like too. The whole history is "
          + "shown by table net.history.",
        example: "seed 1\nnetwork net:\n    input 2\n    dense 1 sigmoid\n"
          + "train net on [[0, 1], [1, 0]], [1, 0] epochs=3 lr=1\nprint net.history.loss",
        seeAlso: ["train", "plot", "table"]),
      LanguageTopic(
        [".W1", ".b1", ".W2", ".b2"], "fields", ["net.W1", "net.b1", "net.W1 = w"],
        "a layer's weights, shape (inputs, outputs), and its biases, shape (outputs,)",
        notes: "Layers are counted from 1. Assigning one changes the network.",
        example: "network net:\n    input 2\n    dense 1\nnet.W1 = [[2], [3]]\nnet.b1 = [10]\n"
          + "print net([[1, 1]])", seeAlso: ["network", "init", "weights"]),
    ]
}

extension TensorField {
  fileprivate var summary: String {
    switch self {
    case .transposed: "the tensor with its axes in reverse order: rows become columns"
    case .shape: "the lengths of the axes, a tuple"
    case .size: "how many elements there are"
    case .ndim: "how many axes there are: 1 for a vector, 2 for a matrix"
    case .dtype: "the type of the elements"
    }
  }

  fileprivate var example: String {
    switch self {
    case .transposed: "x = [[1, 2, 3], [4, 5, 6]]\nprint x.T"
    case .shape: "x = zeros((2, 3))\nprint x.shape, x.shape[0]"
    case .size: "print zeros((2, 3)).size"
    case .ndim: "print zeros(3).ndim, zeros((2, 3)).ndim"
    case .dtype: "print [1, 2].dtype, [1, 2.5].dtype, ([1, 2] > 1).dtype"
    }
  }

  fileprivate var seeAlso: [String] {
    switch self {
    case .transposed: ["transpose", "swapaxes"]
    case .shape: ["reshape", ".size", ".ndim"]
    case .size: [".shape", "len"]
    case .ndim: [".shape", "expand_dims"]
    case .dtype: ["astype", "float64"]
    }
  }
}
