import NNLanguage

/// A small vocabulary with every form a signature can have.
enum TestVocabulary {
  static let all = Vocabulary(
    functions + commands + layers, constants: ["pi", "e", "inf", "nan", "float32", "float64"])

  private static let functions: [Signature] =
    [
      ("exp", ["x"]), ("sqrt", ["x"]), ("sum", ["x", "axis"]), ("mean", ["x", "axis"]),
      ("zeros", ["shape"]), ("array", ["x"]), ("range", ["n"]), ("sigmoid", ["x"]),
      ("relu", ["x"]), ("tanh", ["x"]), ("append", ["x", "v"]), ("sort", ["x"]), ("len", ["x"]),
      ("zip", ["a", "b"]), ("predict", ["net", "x"]), ("shape", ["x"]), ("dot", ["a", "b"]),
      ("histogram", ["x", "bins"]), ("round", ["x", "digits"]),
    ].map { function($0.0, $0.1) }
    + [
      ("rand", ["n"]), ("randn", ["n"]), ("uniform", ["low", "high"]), ("normal", ["mean", "std"]),
    ]
    .map { function($0.0, $0.1, effects: .random) }

  private static func function(
    _ name: String, _ parameters: [String], effects: Effects = []
  ) -> Signature {
    Signature(
      .function, name, [Clause(parameters.map { SignatureParameter($0, "value") })],
      family: "test", summary: "", example: "", effects: effects)
  }

  private static func value(_ name: String, _ standard: String? = nil) -> SignatureParameter {
    SignatureParameter(name, "value", standard: standard)
  }

  private static func form(
    _ name: String, _ form: SignatureParameter.Form, words: [String] = [],
    standard: String? = nil
  ) -> SignatureParameter {
    SignatureParameter(name, "value", form: form, standard: standard, words: words)
  }

  private static func command(
    _ name: String, _ clauses: [Clause], options: [SignatureParameter] = [],
    effects: Effects = []
  ) -> Signature {
    Signature(
      .command, name, clauses, options: options, family: "test", summary: "", example: "",
      effects: effects)
  }

  private static let pictureOptions = [
    value("columns", "4"), value("titles", ""), value("wrong", ""),
    form("cmap", .value, words: ["gray", "viridis"], standard: "gray"),
  ]

  private static let plotOptions = [
    value("labels", ""), value("title", ""), value("x", ""), value("xlabel", ""),
    value("ylabel", ""), value("color", ""),
    form("yscale", .value, words: ["log", "linear"], standard: "linear"),
  ]

  private static let trainOptions = [
    value("epochs", "1"), value("lr", "0.01"), value("shuffle", "true"),
    form("batch", .value, words: ["all"], standard: "32"),
    form("loss", .value, words: ["mse", "cross_entropy"], standard: "auto"),
    form("optimizer", .value, words: ["sgd", "adam"], standard: "sgd"),
    value("validation", ""), value("schedule", ""), value("every", "1"), value("momentum", "0"),
  ]

  private static let initializers = ["uniform", "normal", "glorot_uniform", "zeros"]

  private static let commands: [Signature] = [
    command(
      "print", [Clause([form("values", .variadic)])],
      options: [value("sep", " "), value("end", "")],
      effects: .output),
    command(
      "plot",
      [
        Clause([form("values", .variadic)]), Clause("from", [value("low")], isOptional: true),
        Clause("to", [value("high")], isOptional: true),
      ], options: plotOptions, effects: .output),
    command(
      "scatter", [Clause([value("x"), value("y")])], options: plotOptions, effects: .output),
    command(
      "histogram", [Clause([form("values", .variadic)])], options: plotOptions, effects: .output),
    command(
      "image", [Clause([form("pictures", .variadic)])], options: pictureOptions, effects: .output),
    command(
      "table", [Clause([value("x")])],
      options: [value("rows", ""), value("row_names", ""), value("title", "")], effects: .output),
    command(
      "train", [Clause([form("net", .changed)]), Clause("on", [value("x"), value("y")])],
      options: trainOptions, effects: [.output, .random]),
    command(
      "evaluate", [Clause([value("net")]), Clause("on", [value("x"), value("y")])],
      effects: .output),
    command(
      "predict",
      [
        Clause([value("net")]), Clause("on", [value("x")]),
        Clause("as", [form("p", .binding)], isOptional: true),
      ], effects: .output),
    command("weights", [Clause([value("net")])], effects: .output),
    command("diagram", [Clause([value("net")])], effects: .output),
    command(
      "load",
      [
        Clause([form("data", .word, words: ["iris", "mnist", "fashion-mnist", "fruits360"])]),
        Clause("as", [form("d", .binding)]),
      ],
      options: [
        value("target", ""), value("drop", ""),
        form("header", .value, words: ["auto"], standard: "auto"),
      ], effects: .readsFile),
    command("save", [Clause([value("x")]), Clause("to", [value("file")])], effects: .writesFile),
    command("seed", [Clause([value("n")])], effects: .seeds),
    command("assert", [Clause([value("condition"), value("why", "")])], effects: .output),
    command(
      "check",
      [
        Clause([]), Clause("gradients", []), Clause("of", [value("net")]),
        Clause("on", [value("x"), value("y")]),
      ], effects: .output),
    command(
      "network", [Clause([form("name", .binding)])], options: [value("dtype", "float64")],
      effects: .random),
    command(
      "init",
      [
        Clause([form("net", .changed), form("initializer", .word, words: initializers)]),
        Clause("from", [form("values", .variadic)], isOptional: true),
      ], effects: .random),
  ]

  private static func layer(
    _ name: String, _ parameters: [SignatureParameter], options: [SignatureParameter] = []
  ) -> Signature {
    Signature(
      .layer, name, [Clause(parameters)], options: options, family: "test", summary: "",
      example: "")
  }

  private static let activation = SignatureParameter(
    "activation", "word", form: .word, standard: "linear",
    words: ["linear", "sigmoid", "relu", "tanh", "softmax"])

  private static let layers: [Signature] = [
    layer("input", [value("size")], options: [value("divide", "1")]),
    layer("dense", [value("units"), activation], options: [value("bias", "true")]),
    layer("dropout", [value("rate")]),
    layer("flatten", []),
  ]
}
