import Testing

@testable import NNRender

@Suite struct DependencyDrawingTests {
  private func drawing(cells count: Int) -> DependencyDrawing {
    DependencyDrawing(
      title: "T", nodes: (0..<count).map { .init(label: "c\($0)", inputs: []) },
      edges: (0..<count).flatMap { to in
        (0..<to).map { .init(from: $0, to: to, names: ["x"]) }
      })
  }

  private func count(_ part: String, in text: String) -> Int { text.ranges(of: part).count }

  @Test func fewDependenciesAreAllDrawn() {
    let svg = drawing(cells: 60).svg
    #expect(count("class=\"arc\"", in: svg) == 1770)
    #expect(!svg.contains("are drawn"))
  }

  /// A picture of all would be of many megabytes, and black.
  @Test func ofVeryManyTheShortestAreDrawnAndThePictureSaysSo() {
    let drawing = drawing(cells: 300)
    let svg = drawing.svg
    #expect(count("class=\"arc\"", in: svg) == 2000)
    #expect(
      svg.contains(
        "Of 44,850 dependencies the 2000 between the nearest cells are drawn; "
          + "--format dot or json has all."))
    #expect(svg.contains("c298 → c299: x"))
    #expect(!svg.contains("c0 → c299: x"))
    #expect(count(" -> ", in: drawing.dot) == 44_850)
  }
}
