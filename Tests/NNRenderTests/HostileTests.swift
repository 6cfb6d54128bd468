import Foundation
import FoundationXML
import NNOutput
import NNSource
import Testing

@testable import NNRender

/// Strings and numbers that nobody means well with, in every place that takes one.
@Suite struct HostileTests {
  static let evil =
    "</title></style></script><script>alert(1)</script>\"'>&\u{0}\u{202E}<img src=x>"

  private var outputs: [CellOutput] {
    let evil = Self.evil
    let axis = Chart.Axis(label: evil, categories: [evil, evil])
    let series = Chart.Series(
      label: evil, x: [0, 1], y: [1, 2], groups: [0, 1], groupNames: [evil, evil])
    let contents: [Chart.Content] = [
      .lines([series, series]), .points([series]), .bars([series, series]),
      .histogram(counts: [1], edges: [0, 1]),
      .heatmap(rows: 2, columns: 2, values: [1, 2, 3, 4], isAnnotated: true),
    ]
    return contents.map { .chart(Chart(title: evil, x: axis, y: axis, content: $0)) } + [
      .text(PrintedText(evil)),
      .table(
        TableOutput(
          title: evil, columns: [evil, evil], rowNames: [evil],
          rows: [[.text(evil), .number(NumberCell(1, text: evil))]])),
      .pictures(
        PictureGrid(
          pictures: [.init(width: 1, height: 1, values: [1], caption: evil, isWrong: true)],
          columns: 1, colorMap: .gray, low: 0, high: 1)),
      .diagram(
        NetworkDiagram(
          name: evil,
          layers: [
            .init(
              kind: evil, units: 2, activation: evil, hasBias: true, parameters: 3, weights: [])
          ])),
      .weights(
        WeightsOutput(
          network: evil,
          entries: [
            .init(
              name: evil,
              tensor: OutputTensor(dtype: evil, shape: [1], content: .all(.floats([.nan]))),
              text: evil)
          ])),
      .gradients(
        GradientReport(
          network: evil,
          rows: [.init(parameter: evil, shape: [], checked: 1, largestRelativeError: .nan)])),
      .assertion(AssertionOutput(condition: evil, reason: evil)),
      .diagnostic(.error(.file(.nulByte), at: SourceRange(0, 1_000_000))),
    ]
  }

  @Test func everyTextComesOutEscaped() {
    let evil = Self.evil
    let sample = SampleDocument(
      name: evil,
      text: "## \(evil)\n\n```nn a\n\(evil)\n```\n\n```\(evil)\n\(evil)\n```\n\n`\(evil)`\n")
    var document = sample.document(title: evil, outputs: ["a": outputs]) { $0.caption = evil }
    document.description = evil
    document.author = evil
    document.inlines = [InlineRecord(spanIndex: 0, range: SourceRange(0, 0), text: evil)]
    document.diagnostics = [
      .error(.file(.nulByte), at: SourceRange(-5, -1)),
      .error(.file(.nulByte), at: SourceRange(900_000, 900_001)),
    ]
    let page = HTMLPage.render(document)
    #expect(page.matches(of: /<script/).count == 1)
    #expect(page.matches(of: /<style/).count == 1)
    #expect(page.matches(of: /<\/style>/).count == 1)
    #expect(page.matches(of: /<title/).count == page.matches(of: /<\/title>/).count)
    #expect(!page.contains("<img src=x>"))
    #expect(!page.contains("\u{0}"))
  }

  @Test func drawingsAreWellFormedXML() throws {
    for (index, output) in outputs.enumerated() {
      guard let svg = SVGImage.svg(output, id: "x-\(index)") else { continue }
      #expect(XMLParser(data: Data(svg.utf8)).parse(), "\(svg)")
    }
    for (label, chart) in Samples.charts {
      let svg = try #require(SVGImage.svg(.chart(chart), id: label))
      #expect(XMLParser(data: Data(svg.utf8)).parse(), "\(label)")
      #expect(!svg.contains("nan\""), "\(label)")
      #expect(!svg.contains("inf\""), "\(label)")
    }
  }

  @Test func awkwardDataAreDrawn() throws {
    let values: [Double] = [
      0, -0.0, 1, -1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, 1.7e308, -1.7e308, 1e-9,
      12345.678,
    ]
    let lists: [[Double]] =
      [[], [.nan], [.infinity, -.infinity], values, Array(repeating: 1.7e308, count: 3)]
      + values.map { [$0] } + values.map { [$0, 1] }
    for first in lists {
      for second in [lists[0], lists[3], first, Array(first.reversed())] {
        for scale in [Chart.Scale.linear, .log] {
          let series = Chart.Series(label: "s", x: first, y: second, groups: [3, -1])
          let contents: [Chart.Content] = [
            .lines([series]), .points([series]), .bars([series, series]), .lines([]), .points([]),
            .bars([]), .histogram(counts: first, edges: second),
            .heatmap(
              rows: first.count, columns: 1, values: first, isAnnotated: true),
            .heatmap(rows: .max, columns: .max, values: second, isAnnotated: false),
            .heatmap(rows: -1, columns: 2, values: second, isAnnotated: false),
          ]
          for content in contents {
            let axis = Chart.Axis(label: nil, scale: scale)
            let chart = Chart(x: axis, y: axis, content: content)
            let svg = try #require(SVGImage.svg(.chart(chart), id: "x"))
            #expect(!svg.contains("=\"nan") && !svg.contains("=\"inf"))
            _ = MarkupWriter.string(ChartHTML(chart, id: "x").markup)
            _ = ChartText(chart).lines
          }
        }
      }
    }
  }

  @Test func awkwardNetworksAndPictures() {
    for units in [0, -1, 1, 40, 41, Int.max] {
      let layer = NetworkDiagram.Layer(
        kind: "dense", units: units, activation: nil, hasBias: true, parameters: Int.max,
        weights: [.nan])
      let diagram = NetworkDiagram(name: "n", layers: [layer, layer, layer])
      #expect(SVGImage.svg(.diagram(diagram), id: "x") != nil)
    }
    #expect(SVGImage.svg(.diagram(NetworkDiagram(name: "n", layers: [])), id: "x") != nil)
    let grid = PictureGrid(
      pictures: [.init(width: -1, height: 2, values: []), .init(width: 2, height: 2, values: [1])],
      columns: -3, colorMap: .viridis, low: .nan, high: .nan)
    #expect(MarkupWriter.string(PicturesHTML(grid).markup(id: "x")).contains("no pixels"))
    #expect(PictureText(grid).lines.count == 2)
  }

  @Test func spansThatDoNotFitAreLeftOut() {
    let spans = [
      HighlightSpan(2, 1, .keyword), HighlightSpan(0, 3, .verb), HighlightSpan(1, 2, .number),
      HighlightSpan(3, 99, .string), HighlightSpan(-4, -2, .comment),
    ]
    let html = MarkupWriter.string(CodeHTML.highlighted(Array("abcdef".utf8), spans))
    #expect(html == "<span class=\"v\">abc</span>def")
  }
}
