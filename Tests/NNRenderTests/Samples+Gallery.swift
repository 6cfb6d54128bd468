import Foundation
import NNOutput
import NNSource

@testable import NNRender

extension Samples {
  /// A page with a cell for every kind of output and every kind of awkward data.
  static func gallery() -> OutputDocument {
    let entries = charts.map { ($0.0, [CellOutput.chart($0.1)]) } + others
    var text = "Everything a page can show.\n" + formulas
    for (label, _) in entries {
      text += "\n## \(label)\n\n```nn \(label) caption=\"\(label)\"\nplot x\n```\n"
    }
    let sample = SampleDocument(name: "gallery.md", text: text)
    let outputs = Dictionary(uniqueKeysWithValues: entries)
    var document = sample.document(title: "Gallery", outputs: outputs) { cell in
      switch cell.label {
      case "folded": (cell.echo, cell.output) = (.fold, .fold)
      case "hidden": (cell.echo, cell.output) = (.hide, .hide)
      case "stale": cell.isStale = true
      case "unevaluated": cell.state = .notEvaluated
      default: break
      }
    }
    document.diagnostics = [
      Diagnostic(.warning, .file(.nulByte), at: SourceRange(4, 9)),
      .error(.file(.invalidUTF8(byte: 0xFF)), at: SourceRange(0, 0)),
    ]
    return document
  }

  private static let formulas = #"""

    ## formulas

    The softmax $p_k = \frac{e^{z_k}}{\sum_{j=1}^{K} e^{z_j}}$ in a line, and set apart:

    $$\mathcal{L}(\boldsymbol\theta) = -\frac{1}{n} \sum_{i=1}^{n} \log \hat p_{y_i} + \lambda
      \lVert \mathbf{W} \rVert_2^2, \qquad \operatorname{relu}'(x) =
      \begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}$$

    $$\begin{aligned} \delta_2 &= a_2 - y \\ \delta_1 &= (\delta_2 W_2^\top) \odot a_1 \end{aligned}
      \qquad \begin{pmatrix} w_{11} & \cdots & w_{1n} \\ \vdots & \ddots & \vdots \\
      w_{m1} & \cdots & w_{mn} \end{pmatrix}
      \qquad \left( \sqrt{\frac{\hat v}{1 - \beta_2^t}} + \varepsilon \right) \in \mathbb{R}^{m \times n}$$

    """#

  private static let ramp = (0..<60).map(Double.init)

  private static func line(
    _ label: String?, _ x: [Double], _ function: (Double) -> Double
  ) -> Chart.Series {
    Chart.Series(label: label, x: x, y: x.map(function))
  }

  static let charts: [(String, Chart)] = [
    ("functions", functions), ("log-scale", logScale), ("gaps", gaps), ("constant", constant),
    ("one-point", Chart(content: .lines([.init(label: "only", x: [3], y: [0.25])]))),
    ("empty", Chart(title: "Nothing", content: .lines([.init(label: "none", x: [], y: [])]))),
    ("huge", huge), ("far-from-zero", farFromZero), ("dense", dense), ("many-lines", manyLines),
    ("iris", iris),
    ("cloud", Chart(content: .points([.init(x: noise(6000), y: noise(6000, seed: 9))]))),
    ("bars", bars), ("grouped", grouped), ("histogram", histogram), ("confusion", confusion),
    ("weights-map", weightsMap), ("long-labels", longLabels), ("long-names", longNames),
    ("large-map", largeMap),
  ]

  private static var functions: Chart {
    let x = (0...200).map { -3 + Double($0) * 0.03 }
    let series = [
      line("sigmoid", x) { 1 / (1 + exp(-$0)) }, line("tanh", x) { tanh($0) },
      line("relu", x) { max($0, 0) }, line("elu", x) { $0 > 0 ? $0 : exp($0) - 1 },
      line("softplus", x) { log(1 + exp($0)) },
    ]
    return Chart(
      title: "Activation functions", x: .init(label: "x"), y: .init(label: "f(x)"),
      content: .lines(series))
  }

  private static var logScale: Chart {
    let series = [
      line("sgd", ramp) { 3 * exp(-$0 / 8) }, line("adam", ramp) { 2 * exp(-$0 / 4) - 1e-5 },
    ]
    return Chart(
      x: .init(label: "step"), y: .init(label: "loss", scale: .log), content: .lines(series))
  }

  private static var gaps: Chart {
    let y: [Double] = [1, 2, .nan, 3, .nan, .infinity, 2, 1.5, -.infinity]
    let x = (1...9).map(Double.init)
    return Chart(
      title: "nan, inf, and a point alone", content: .lines([.init(label: "a", x: x, y: y)]))
  }

  private static var constant: Chart { Chart(content: .lines([line(nil, ramp) { _ in 5 }])) }

  private static var huge: Chart {
    let series = Chart.Series(x: ramp.map { $0 * 1e-9 }, y: ramp.map { ($0 - 20) * 4e306 })
    return Chart(
      x: .init(label: "tiny"), y: .init(label: "huge"), content: .lines([series]))
  }

  private static var farFromZero: Chart {
    Chart(content: .lines([line(nil, ramp) { 1_250_000_000 + $0 * 0.01 }]))
  }

  private static var dense: Chart {
    let series = Chart.Series(
      label: "noise", x: (0..<20_000).map(Double.init), y: noise(20_000))
    return Chart(title: "20,000 points", content: .lines([series]))
  }

  private static var manyLines: Chart {
    let series = (0..<11).map { index in
      line("series \(index)", ramp) { sin($0 / 9 + Double(index) / 3) }
    }
    return Chart(content: .lines(series))
  }

  private static var iris: Chart {
    let groups = (0..<150).map { $0 / 50 }
    let x = zip(groups, noise(150)).map { 5 + Double($0) * 0.8 + $1 * 0.35 }
    let y = zip(groups, noise(150, seed: 3)).map { 3.4 - Double($0) * 0.3 + $1 * 0.3 }
    let series = Chart.Series(
      x: x, y: y, groups: groups, groupNames: ["setosa", "versicolor", "virginica"])
    return Chart(
      title: "Iris", x: .init(label: "sepal length"), y: .init(label: "sepal width"),
      content: .points([series]))
  }

  private static var bars: Chart {
    let series = Chart.Series(x: [0, 1, 2], y: [0.812, 0.931, 0.774])
    return Chart(y: .init(label: "accuracy"), content: .bars([series]))
      .with(categories: ["sgd", "adam", "rmsprop"])
  }

  private static var grouped: Chart {
    let places = (0..<5).map(Double.init)
    let series = [
      Chart.Series(label: "precision", x: places, y: [0.81, 0.97, 0.62, -0.2, 0.88]),
      Chart.Series(label: "recall", x: places, y: [0.79, 0.95, 0.71, .nan, 0.9]),
      Chart.Series(label: "f1", x: places, y: [0.8, 0.96, 0.66, 0.3, 0.89]),
    ]
    return Chart(y: .init(label: "F1"), content: .bars(series))
      .with(categories: ["T-shirt/top", "Trouser", "Pullover", "Dress and more", "Ankle boot"])
  }

  private static var histogram: Chart {
    let counts = (0..<30).map { index -> Double in
      let distance = (Double(index) - 12) / 5
      return (400 * exp(-distance * distance)).rounded()
    }
    let edges = (0...30).map { Double($0) / 30 }
    return Chart(
      x: .init(label: "hue"), y: .init(label: "pixels"),
      content: .histogram(counts: counts, edges: edges))
  }

  private static var confusion: Chart {
    let values: [Double] = [142, 3, 0, 5, 8, 130, 12, 0, 1, 0, 149, 0, 22, 4, 0, 124]
    return Chart(
      title: "Confusion matrix", x: .init(label: "predicted"), y: .init(label: "true"),
      content: .heatmap(rows: 4, columns: 4, values: values, isAnnotated: true)
    ).with(categories: ["apple", "raspberry", "mango", "lemon"], both: true)
  }

  private static let sentence =
    "a label that its author meant to be read as a sentence, 日本語の長いラベル, from end to end"

  private static var longLabels: Chart {
    let series = (0..<3).map { index in
      line("\(index) \(sentence)", ramp) { $0 * Double(index) }
    }
    return Chart(
      title: sentence, x: .init(label: sentence), y: .init(label: sentence),
      content: .lines(series))
  }

  private static var longNames: Chart {
    let values: [Double] = [0.001, 1_234_567.8, -3e9, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    return Chart(
      title: sentence, x: .init(label: sentence), y: .init(label: sentence),
      content: .heatmap(rows: 3, columns: 4, values: values, isAnnotated: true)
    ).with(categories: (0..<4).map { "\($0) \(sentence)" }, both: true)
  }

  private static var weightsMap: Chart {
    Chart(
      content: .heatmap(rows: 5, columns: 30, values: noise(149) + [.nan], isAnnotated: false))
  }

  private static var largeMap: Chart {
    let values = noise(784 * 128)
    return Chart(
      title: "784 by 128",
      content: .heatmap(rows: 784, columns: 128, values: values, isAnnotated: true))
  }

  private static var others: [(String, [CellOutput])] {
    let fail = Diagnostic.error(.file(.nulByte), at: SourceRange(0, 10))
    return [
      ("network-large", [.diagram(largeNetwork)]), ("network-tiny", [.diagram(tinyNetwork)]),
      ("viridis", [.pictures(viridis)]), ("photo", [.pictures(photos)]),
      ("gradients", [.gradients(gradients)]), ("long-table", [.table(longTable)]),
      ("folded", [.text("folded away\n")]), ("hidden", [.text("never seen\n")]),
      ("stale", [.text("an old value\n")]), ("unevaluated", []),
      ("meant-to-fail", [.diagnostic(fail)]),
    ]
  }

  private static var viridis: PictureGrid {
    let pictures = (0..<8).map { (index: Int) -> PictureGrid.Picture in
      let values = (0..<784).map { Double($0 * (index + 3) % 97) }
      return PictureGrid.Picture(
        width: 28, height: 28, values: values,
        caption: "class \(index)", isWrong: index % 3 == 1)
    }
    return PictureGrid(pictures: pictures, columns: 4, colorMap: .viridis, low: 0, high: 97)
  }

  private static var photos: PictureGrid {
    let values = (0..<1200).map { (index: Int) -> Double in
      let column = index / 3 % 20
      return Double((column * 12 + index % 3 * 40) % 256)
    }
    return PictureGrid(
      pictures: [
        .init(width: 20, height: 20, values: values, channels: 3, caption: "a photo"),
        .init(width: 3, height: 2, values: [0, 99, .nan, 180, 255, .infinity], caption: "nan"),
      ], columns: 2, colorMap: .gray, low: 0, high: 255)
  }

  static var gradients: GradientReport {
    GradientReport(
      network: "net",
      rows: [
        .init(parameter: "W1", shape: [4, 6], checked: 24, largestRelativeError: 2.14e-10),
        .init(parameter: "b1", shape: [6], checked: 6, largestRelativeError: 8.7e-11),
        .init(parameter: "W2", shape: [6, 3], checked: 18, largestRelativeError: 1.05e-9),
      ])
  }

  private static var longTable: TableOutput {
    TableOutput(
      columns: ["epoch", "loss", "accuracy"],
      rows: (1...60).map { epoch in
        [
          .number(NumberCell(Double(epoch), text: "\(epoch)")),
          .number(NumberCell(1 / Double(epoch), text: String(format: "%.6f", 1 / Double(epoch)))),
          .number(NumberCell(0.9, text: "0.9000")),
        ]
      })
  }

  private static var largeNetwork: NetworkDiagram {
    NetworkDiagram(
      name: "fashion",
      layers: [
        layer("input", 784, nil, 0), layer("dense", 128, "sigmoid", 100_480),
        layer("dropout", 128, nil, 0), layer("dense", 10, "softmax", 1290),
      ])
  }

  private static var tinyNetwork: NetworkDiagram {
    var network = NetworkDiagram(
      name: "iris",
      layers: [
        layer("input", 4, nil, 0), layer("dense", 6, "relu", 30), layer("dropout", 6, nil, 0),
        layer("dense", 3, "softmax", 21),
      ])
    network.layers[1].weights = noise(24)
    network.layers[3].weights = noise(18, seed: 4)
    return network
  }

  private static func layer(
    _ kind: String, _ units: Int, _ activation: String?, _ parameters: Int
  ) -> NetworkDiagram.Layer {
    .init(
      kind: kind, units: units, activation: activation, hasBias: true, parameters: parameters,
      weights: [])
  }
}

extension Chart {
  fileprivate func with(categories: [String], both: Bool = false) -> Chart {
    var copy = self
    copy.x.categories = categories
    if both { copy.y.categories = categories }
    return copy
  }
}
