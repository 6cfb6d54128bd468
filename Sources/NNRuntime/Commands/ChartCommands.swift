import NNLanguage
import NNOutput
import NNSource
import NNTensor

/// Commands that draw: each turns its operands into the data of a `Chart`.
extension Registry {
  static let chartCommands: [RegistryEntry] = [
    .command(
      "plot",
      [
        Clause(
          nil,
          [
            SignatureParameter(
              "series", "tensor or function", form: .variadic,
              help: "vectors, matrices (a line a column) or functions")
          ]),
        Clause(
          "from",
          [
            SignatureParameter(
              "low", "number", standard: "none", help: "where functions begin to be drawn")
          ], isOptional: true),
        Clause(
          "to", [SignatureParameter("high", "number", standard: "none", help: "where they end")],
          isOptional: true),
      ], options: chartOptions, family: "charts",
      "draws lines: tensors, a matrix's columns, functions",
      example: "plot [3, 1, 2], [2, 2, 1] labels=[\"train\", \"test\"] xlabel=\"epoch\"\n"
        + "plot tanh, sin from -6 to 6",
      effects: [.output],
      notes: "A function is drawn between from and to, or at the places x=. With "
        + "brackets a chart may go over several lines: plot(loss, title=\"…\").",
      seeAlso: ["scatter", "bar", "train"]
    ) { try draw($0) { try LineMaking(&$0).content() } },
    .command(
      "scatter",
      [
        Clause(
          nil,
          [
            SignatureParameter("x", "tensor", help: "how far right each point stands"),
            SignatureParameter("y", "tensor", help: "how far up, as many as x has"),
          ])
      ],
      options: [
        SignatureParameter(
          "color", "sequence", standard: "none",
          help: "each point's class, as a number or a name: a colour for each")
      ]
        + chartOptions.filter { $0.name != "x" },
      family: "charts", "draws points, coloured by class",
      example: "scatter [1, 2, 3], [2, 1, 3] color=[0, 1, 1] labels=[\"cat\", \"dog\"]",
      effects: [.output], seeAlso: ["plot", "heatmap"]
    ) { try draw($0) { try PointMaking(&$0).content() } },
    .command(
      "bar",
      [
        Clause(
          nil,
          [
            SignatureParameter(
              "heights", "tensor", form: .variadic,
              help: "a vector: a bar for each element; several stand side by side")
          ])
      ],
      options: chartOptions, family: "charts", "draws bars, side by side for several operands",
      example: "bar [3, 5, 2] x=[\"red\", \"green\", \"blue\"] title=\"votes\"",
      effects: [.output], seeAlso: ["histogram", "plot"]
    ) { try draw($0) { try BarMaking(&$0).content() } },
    .command(
      "histogram",
      [Clause(nil, [SignatureParameter("values", "tensor", help: "the numbers to count")])],
      options: [
        SignatureParameter(
          "bins", "integer or tensor", standard: "10",
          help: "how many bins of one width, or the edges themselves"),
        SignatureParameter(
          "range", "pair", standard: "none",
          help: "the lowest and the highest edge, (low, high); none takes the smallest "
            + "and the largest value"),
      ] + chartOptions.filter { !["labels", "x"].contains($0.name) },
      family: "charts", "draws how many values fall into each bin",
      example: "seed 99\nhistogram randn(1000) bins=20",
      effects: [.output], seeAlso: ["bar"]
    ) { try draw($0) { try histogram($0.arguments) } },
    .command(
      "heatmap",
      [
        Clause(
          nil,
          [
            SignatureParameter(
              "matrix", "matrix", help: "the matrix; its first row is drawn at the top")
          ])
      ],
      options: [
        SignatureParameter(
          "labels", "list of strings", standard: "none",
          help: "names for rows and columns alike, as for a confusion matrix"), .title,
        SignatureParameter("x", "list of strings", standard: "none", help: "names for the columns"),
        SignatureParameter("y", "list of strings", standard: "none", help: "names for the rows"),
        .xlabel, .ylabel,
        SignatureParameter(
          "values", "bool", standard: "none",
          help: "whether each cell shows its number; none does where there is room"),
      ], family: "charts", "draws a matrix as coloured cells",
      example: "heatmap [[5, 1], [0, 6]] labels=[\"cat\", \"dog\"] xlabel=\"predicted\"",
      effects: [.output], seeAlso: ["confusion_matrix", "image"]
    ) { try draw($0) { try HeatmapMaking(&$0).content() } },
    pictureCommand,
  ]

  private static let chartOptions: [SignatureParameter] = [
    SignatureParameter(
      "labels", "list of strings", standard: "none",
      help: "a name for each series, or class, for the legend"), .title,
    SignatureParameter(
      "x", "list", standard: "none",
      help: "where the values stand from left to right, or the bars' names; none counts 0, 1, 2, …"),
    .xlabel, .ylabel,
    SignatureParameter(
      "xscale", "word", standard: "linear", words: ["linear", "log"],
      help: "log gives each power of ten the same room from left to right"),
    SignatureParameter(
      "yscale", "word", standard: "linear", words: ["linear", "log"],
      help: "log gives each power of ten the same height"),
  ]

  private static func draw(
    _ arguments: Arguments, _ content: (inout ChartMaking) throws -> Chart.Content
  ) throws -> Value {
    var making = try ChartMaking(arguments)
    making.chart.content = try content(&making)
    try arguments.interpreter.emit(.chart(making.chart))
    return .none
  }

  private static func histogram(_ arguments: Arguments) throws -> Chart.Content {
    let tensor = try ChartMaking(arguments).numbers(0, ranks: 0...Shape.maximumRank)
    guard tensor.count > 0 else {
      throw arguments.failure(
        0, .value(.chart(.empty(verb: "histogram", operand: arguments.sourceText(0)))))
    }
    let (counts, edges) = try Histogram.of(arguments, tensor: 0, bins: 1, range: 2)
    return .histogram(counts: counts.doubles, edges: edges.doubles)
  }
}

/// What every chart has: its options read, its data checked.
struct ChartMaking {
  static let mostPoints = 1_000_000
  static let mostSeries = 50

  let arguments: Arguments
  var chart: Chart
  var verb: String { arguments.signature.name }

  init(_ arguments: Arguments) throws {
    self.arguments = arguments
    chart = Chart(content: .lines([]))
    chart.title = try text("title")
    chart.x.label = try text("xlabel")
    chart.y.label = try text("ylabel")
    chart.x.scale = try scale("xscale")
    chart.y.scale = try scale("yscale")
  }

  // MARK: Options

  /// Where an option's value is; nil for one this verb does not have or that was not given.
  func given(_ option: String) -> Int? {
    let fixed = arguments.signature.parameters.filter { $0.form != .variadic }
    guard let index = fixed.firstIndex(where: { $0.name == option }), arguments.isSome(index)
    else { return nil }
    return index
  }

  private func text(_ option: String) throws -> String? {
    try given(option).map { try arguments.string($0) }
  }

  private func scale(_ option: String) throws -> Chart.Scale {
    guard let index = given(option) else { return .linear }
    let word = try arguments.choice(index, default: "linear")
    return Chart.Scale(rawValue: word) ?? .linear
  }

  /// `labels=` and the like, one for each of `count`.
  func names(_ option: String, count: Int, _ what: String) throws -> [String]? {
    guard let index = given(option) else { return nil }
    let names = try arguments.strings(index)
    guard names.count == count else {
      throw arguments.failure(
        index,
        .value(
          .chart(.nameCount(option: option, given: names.count, needed: count, what: what))))
    }
    return names
  }

  // MARK: Data

  func failure(_ index: Int, _ problem: ChartProblem) -> Diagnostic {
    arguments.failure(index, .value(.chart(problem)))
  }

  /// The numbers of an argument, none of them a single one.
  func numbers(_ index: Int, ranks: ClosedRange<Int>, expected: String = "a vector") throws
    -> Tensor
  {
    let value = arguments.value(index)
    let operand = arguments.sourceText(index)
    guard value.isNumeric, let tensor = try arguments.at(index, value.tensor) else {
      throw failure(index, .notNumbers(verb: verb, operand: operand, found: value.kindName))
    }
    if tensor.rank == 0, ranks.lowerBound > 0 {
      throw failure(index, .singleNumber(verb: verb, operand: operand))
    }
    guard ranks.contains(tensor.rank) else {
      throw failure(
        index,
        .wrongRank(verb: verb, operand: operand, shape: tensor.shape.array, expected: expected))
    }
    guard tensor.count > 0 else { throw failure(index, .empty(verb: verb, operand: operand)) }
    guard tensor.count <= Self.mostPoints else {
      throw failure(
        index,
        .tooMany(verb: verb, what: "points", count: tensor.count, limit: Self.mostPoints))
    }
    return tensor
  }

  /// The source text of an argument, cut where it is too long to stand in a chart.
  func name(_ index: Int) -> String {
    let text = arguments.sourceText(index).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    return text.count > 40 ? text.prefix(39) + "…" : text
  }

  /// Labels for several series; a single one needs none unless it was given.
  func labelled(_ series: [Chart.Series]) throws -> [Chart.Series] {
    let total = series.reduce(0) { $0 + $1.x.count }
    guard total <= Self.mostPoints else {
      throw Problem.value(
        .chart(.tooMany(verb: verb, what: "points", count: total, limit: Self.mostPoints)))
    }
    guard series.count <= Self.mostSeries else {
      throw Problem.value(
        .chart(
          .tooMany(verb: verb, what: "series", count: series.count, limit: Self.mostSeries)))
    }
    let labels = try names("labels", count: series.count, "series")
    return series.enumerated().map { index, one in
      var one = one
      one.label = labels?[index] ?? (series.count == 1 ? nil : one.label)
      return one
    }
  }
}
