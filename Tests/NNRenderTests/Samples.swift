import Foundation
import NNOutput
import NNSource

@testable import NNRender

/// The sample pages: `letters` is an ordinary notebook, `gallery` has everything a page can show.
enum Samples {
  static func letters() throws -> OutputDocument {
    let sample = try SampleDocument("letters.md")
    let accuracy = (0..<100).map { 59.2 + 34.2 * (1 - exp(-Double($0) / 22)) }
    let loss = accuracy.map { 1 - $0 / 100 }
    let validation = loss.enumerated().map { $0.element * 1.12 + 0.01 * sin(Double($0.offset) / 7) }
    let epochs = (1...100).map(Double.init)
    let log = accuracy.enumerated().map { index, value in
      String(format: "epoch %3d  accuracy %.4f\n", index + 1, value)
    }
    let outputs: [String: [CellOutput]] = [
      "letters": [.pictures(letterPictures(wrong: nil))],
      "network": [.diagram(network()), .weights(weights())],
      "train": [.text(PrintedText(log.joined()))],
      "curves": [
        .chart(
          Chart(
            title: "Accuracy", x: .init(label: "epoch"), y: .init(label: "per cent"),
            content: .lines([.init(x: epochs, y: accuracy)]))),
        .chart(
          Chart(
            x: .init(label: "epoch"), y: .init(label: "loss"),
            content: .lines([
              .init(label: "training", x: epochs, y: loss),
              .init(label: "validation", x: epochs, y: validation),
            ]))),
      ],
      "answers": [
        .table(answers()),
        .assertion(
          AssertionOutput(
            condition: "argmax(out, axis=1) == [0, 1, 2]", reason: "every letter is recognised")),
        .pictures(letterPictures(wrong: 2)),
      ],
      "oops": [
        .diagnostic(.error(.file(.invalidUTF8(byte: 0xC3)), at: sample.range(of: "a1 @ w2")))
      ],
    ]
    var document = sample.document(title: "Three letters, one network", outputs: outputs) { cell in
      if cell.label == "oops" { cell.state = .failed }
      if cell.label == "after" { cell.state = .skipped }
    }
    document.description =
      "Thirty pixels, five hidden units, three answers: a network small enough to read every weight of."
    document.author = "Ada Writer"
    let spans = sample.markdown.codeSpans
    for (text, value) in [("round(acc[-1]", "93.06"), ("round(acc[0]", "59.2")] {
      if let span = spans.first(where: { $0.text.contains(text) }) {
        document.inlines.append(InlineRecord(spanIndex: span.index, range: span.range, text: value))
      }
    }
    return document
  }

  static let bitmaps: [[Double]] = [
    [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1],
    [0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0],
    [0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0],
  ]

  static func letterPictures(wrong: Int?) -> PictureGrid {
    let names = wrong == nil ? ["A", "B", "C"] : ["A, says A", "B, says B", "C, says B"]
    return PictureGrid(
      pictures: bitmaps.enumerated().map { index, values in
        .init(width: 6, height: 5, values: values, caption: names[index], isWrong: index == wrong)
      }, columns: 3, colorMap: .gray, low: 0, high: 1)
  }

  /// Numbers that look like noise and are always the same.
  static func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    return (0..<count).map { _ in
      (0..<4).reduce(-2.0) { sum, _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return sum + Double(state >> 11) / Double(1 << 53)
      } * 1.7
    }
  }

  static func network() -> NetworkDiagram {
    NetworkDiagram(
      name: "net",
      layers: [
        .init(
          kind: "input", units: 30, activation: nil, hasBias: false, parameters: 0, weights: []),
        .init(
          kind: "dense", units: 5, activation: "sigmoid", hasBias: false, parameters: 150,
          weights: noise(150)),
        .init(
          kind: "dense", units: 3, activation: "sigmoid", hasBias: false, parameters: 15,
          weights: noise(15, seed: 5)),
      ])
  }

  static func weights() -> WeightsOutput {
    func text(_ rows: Int, _ columns: Int, _ values: [Double]) -> String {
      let lines = (0..<rows).map { row in
        (0..<columns).map { String(format: "%11.8f", values[row * columns + $0]) }
          .joined(separator: " ")
      }
      return "[[" + lines.joined(separator: "]\n [") + "]]"
    }
    return WeightsOutput(
      network: "net",
      entries: [
        .init(
          name: "W1",
          tensor: OutputTensor(
            dtype: "float64", shape: [30, 5], content: .all(.floats(noise(150)))),
          text: text(30, 5, noise(150))),
        .init(
          name: "W2",
          tensor: OutputTensor(
            dtype: "float64", shape: [5, 3], content: .all(.floats(noise(15, seed: 5)))),
          text: text(5, 3, noise(15, seed: 5))),
      ])
  }

  static func answers() -> TableOutput {
    let values = [[0.9312, 0.0471, 0.0619], [0.0402, 0.9127, 0.0933], [0.0588, 0.4906, 0.4411]]
    return TableOutput(
      title: "What the network says", columns: ["letter A", "letter B", "letter C", "answer"],
      rowNames: ["A", "B", "C"],
      rows: zip(values, ["A", "B", "B"]).map { row, answer in
        row.map { .number(NumberCell($0, text: String(format: "%.4f", $0))) } + [.text(answer)]
      }, totalRows: 12)
  }
}
