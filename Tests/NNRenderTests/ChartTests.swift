import Foundation
import NNOutput
import Testing

@testable import NNRender

@Suite struct ChartTests {
  private func svg(_ chart: Chart) -> String {
    MarkupWriter.string(ChartDrawing(chart: chart, id: "x").picture().svg(id: "x", class: "chart"))
  }

  private func lines(_ y: [Double], label: String? = nil) -> Chart {
    let x = y.indices.map(Double.init)
    return Chart(content: .lines([.init(label: label, x: x, y: y)]))
  }

  @Test func aLineGoesThroughItsPoints() throws {
    let svg = svg(lines([0, 1, 0.5]))
    // Left of the plot is 0, the right 2; its bottom is 0, its top 1.
    let path = try #require(svg.firstMatch(of: /class="line s1" d="M([^"]*)"/)?.1)
    let numbers = path.split { $0 == " " || $0 == "L" }.compactMap { Double($0) }
    #expect(numbers.count == 6)
    #expect(numbers[1] - numbers[3] == 250)
    #expect(abs((numbers[5] - numbers[3]) - 125) < 0.02)
    #expect(abs((numbers[2] - numbers[0]) - (numbers[4] - numbers[2])) < 0.02)
  }

  @Test func aNanLeavesAGap() {
    let svg = svg(lines([1, 2, .nan, 4, 5, .nan, 6]))
    #expect(svg.firstMatch(of: /class="line s1" d="M[^M"]*M[^M"]*"/) != nil)
    #expect(svg.contains("2 values nan, not drawn"))
  }

  @Test func aPointAloneIsADot() {
    let long = lines([1, .nan] + [Double](repeating: 2, count: 60))
    #expect(svg(long).matches(of: /<circle/).count == 1)
  }

  @Test func infinitiesStandAtTheEdge() {
    let svg = svg(lines([1, .infinity, 2]))
    #expect(svg.contains("1 value infinite, shown as a triangle at the edge"))
    #expect(svg.contains("l4 8h-8z"))
  }

  @Test func whatIsNotPositiveHasNoPlaceOnALogAxis() {
    var chart = lines([1, 0, -2, 100])
    chart.y.scale = .log
    #expect(svg(chart).contains("2 values not above 0, without a place on the log axis"))
  }

  /// Each column of the drawing keeps its extremes, so the ink is the same.
  @Test func manyPointsAreThinnedWithoutLosingExtremes() throws {
    var y = Samples.noise(50_000)
    y[31_234] = 40
    let svg = svg(lines(y))
    let path = try #require(svg.firstMatch(of: /class="line s1" d="([^"]*)"/)?.1)
    #expect(path.utf8.count < 30_000)
    let run = y.indices.map { PlotPoint(x: Double($0) / 100, y: y[$0], index: $0) }
    let kept = LinePath.thinned(run)
    #expect(kept.count <= 4 * 501)
    #expect(kept.contains { $0.index == 31_234 })
    #expect(kept.map(\.index) == kept.map(\.index).sorted())
  }

  @Test func namesStandAtTheLinesEndsWithoutTouching() {
    let labels = (0..<7).map {
      EndLabel(text: "\($0)", style: SeriesStyle($0), y: 100 + Double($0))
    }
    let placed = EndLabel.placed(labels, from: 0, to: 250).map(\.y)
    for (above, below) in zip(placed, placed.dropFirst()) { #expect(below - above >= 17 - 1e-9) }
    #expect(placed.allSatisfy { (0...250).contains($0) })
    let low = EndLabel.placed(
      labels.map { EndLabel(text: $0.text, style: $0.style, y: 249) }, from: 0, to: 250)
    #expect(low.allSatisfy { (0...250).contains($0.y) })
  }

  @Test func seriesDifferByMoreThanColour() {
    let looks = (0..<16).map { index -> String in
      let style = SeriesStyle(index)
      return style.colorClass + (style.dashes ?? "")
    }
    #expect(Set(looks).count == 16)
    #expect(Set((0..<5).map { SeriesStyle($0).dashes }).count == 5)
    #expect(Set((0..<6).map { SeriesStyle($0).marker(x: 0, y: 0) }).count == 6)
  }

  @Test func groupsHaveTheirNames() {
    let svg = svg(Samples.charts.first { $0.0 == "iris" }?.1 ?? lines([]))
    for name in ["setosa", "versicolor", "virginica"] { #expect(svg.contains(">\(name)</text>")) }
    #expect(svg.matches(of: /<circle class="mark s1"/).count == 50)
  }

  @Test func barsStandOnZero() throws {
    let series = Chart.Series(x: [0, 1], y: [2, -1])
    let svg = svg(Chart(content: .bars([series])))
    let bars = svg.matches(
      of: /<rect x="[^"]*" y="([^"]*)" width="[^"]*" height="([^"]*)" class="bar/)
    try #require(bars.count == 2)
    let up = try #require(Double(bars[0].1)) + #require(Double(bars[0].2))
    let down = try #require(Double(bars[1].1))
    #expect(abs(up - down) < 0.02)
  }

  @Test func aHeatmapWritesItsNumbers() {
    let svg = svg(Samples.charts.first { $0.0 == "confusion" }?.1 ?? lines([]))
    for text in ["142", "raspberry", "predicted", "true"] {
      #expect(svg.contains(">\(text)</text>"))
    }
    #expect(svg.contains("<title>apple, apple: 142</title>"))
  }

  @Test func aLargeHeatmapIsOneImage() {
    let values = Samples.noise(200 * 300)
    let svg = svg(
      Chart(content: .heatmap(rows: 200, columns: 300, values: values, isAnnotated: true)))
    #expect(svg.matches(of: /<image/).count == 1)
    #expect(svg.utf8.count < 120_000)
  }

  @Test func aChartTellsItselfInWords() {
    let svg = svg(lines([1, 2, 3], label: "loss"))
    #expect(svg.contains("role=\"img\" aria-labelledby=\"x-title x-desc\""))
    #expect(svg.contains("<desc id=\"x-desc\">loss: 3 points from 1 to 3.</desc>"))
  }

  @Test func theNumbersAreThereInFull() {
    let short = ChartData(lines([0.1 + 0.2, 1, .nan]))
    #expect(short.rows == [["0", "0.30000000000000004"], ["1", "1"], ["2", "nan"]])
    #expect(
      MarkupWriter.string(short.markup).contains("<td class=\"num\">0.30000000000000004</td>"))
    let long = MarkupWriter.string(ChartData(lines(Samples.noise(1000))).markup)
    #expect(long.contains("<pre>x\ty1\n0\t"))
    let huge = MarkupWriter.string(ChartData(lines(Samples.noise(6000))).markup)
    #expect(huge.contains("summed up (12,000 numbers)"))
  }

  @Test func smallNetworksShowEveryWeight() {
    let small = MarkupWriter.string(
      DiagramDrawing(diagram: Samples.network()).picture().svg(id: "n", class: "chart"))
    let segments = small.matches(of: /class="edge[^>]* d="([^"]*)"/)
      .reduce(0) { $0 + $1.1.filter { $0 == "M" }.count }
    #expect(segments == 30 * 5 + 5 * 3)
    #expect(small.contains("165 parameters in all."))
    #expect(small.contains(">sigmoid</text>"))
  }
}
