import NNTensor
import Testing

@testable import NNNetwork

struct MetricsTests {
  struct Case: Decodable {
    let target: [Int]
    let prediction: [Int]
    let accuracy: Double
    let confusion: [[Int]]
    let classes: [Int]
    let rows: [[Double]]
    let macro: [Double]
    let weighted: [Double]
    let text: String?
  }

  @Test("Accuracy, confusion matrix and report are scikit-learn's")
  func againstScikitLearn() throws {
    for item in try Fixture.read([Case].self, "metrics.json") {
      let target = Tensor(item.target, shape: nil)
      let prediction = Tensor(item.prediction, shape: nil)
      #expect(try Metrics.accuracy(target, prediction) == item.accuracy)
      #expect(
        try Metrics.confusionMatrix(target, prediction).integers == item.confusion.flatMap(\.self))
      let report = try Metrics.classificationReport(target, prediction)
      #expect(report.classes == item.classes)
      #expect(report.accuracy == item.accuracy)
      let rows = report.rows + [report.macroAverage, report.weightedAverage]
      for (row, expected) in zip(rows, item.rows + [item.macro, item.weighted]) {
        let values = [row.precision, row.recall, row.f1, Double(row.support)]
        for (a, b) in zip(values, expected) { #expect(relativeError(a, b) < 1e-14) }
      }
      if let expected = item.text { #expect(try report.text() == expected) }
    }
  }

  @Test("Class numbers, one-hot rows and scores mean the same")
  func forms() throws {
    let target = Tensor([0, 2, 1], shape: nil)
    let scores = matrix([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.5, 0.2, 0.3]])
    #expect(try Metrics.accuracy(target, scores) == 2.0 / 3)
    #expect(try Metrics.accuracy(oneHot(target, classes: 3), scores) == 2.0 / 3)
    #expect(try Metrics.accuracy(target, Tensor([0.0, 2, 0], shape: nil)) == 2.0 / 3)
    #expect(
      try Metrics.confusionMatrix(target, scores)
        == Tensor([1, 0, 0, 1, 0, 0, 0, 0, 1], shape: [3, 3]))
  }

  @Test("Scores of one output are class 1 over a half")
  func oneOutput() throws {
    let target = Tensor([0, 1, 1], shape: nil)
    #expect(try Metrics.accuracy(target, Tensor([0.5, 0.51, 0.9], shape: nil)) == 1)
    #expect(try Metrics.accuracy(target, matrix([[0.2], [0.3], [0.9]])) == 2.0 / 3)
  }

  @Test("Classes have names in the report")
  func names() throws {
    let report = try ClassificationReport(target: [0, 1], prediction: [0, 1])
    #expect(report.lines(names: ["cat", "dog"]).map(\.name).prefix(2) == ["cat", "dog"])
  }

  @Test("one_hot keeps the labels' shape and adds an axis")
  func oneHotShapes() throws {
    #expect(
      try oneHot(Tensor([1, 0], shape: nil), classes: 3) == matrix([[0, 1, 0], [1, 0, 0]]))
    #expect(try oneHot(Tensor([1, 0], shape: nil), classes: nil).shape == [2, 2])
    #expect(try oneHot(Tensor([1, 0, 2, 1], shape: [2, 2]), classes: nil).shape == [2, 2, 3])
    #expect(try oneHot(Tensor(.int64(2)), classes: nil).shape == [3])
  }
}
