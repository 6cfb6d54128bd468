import NNSource
import NNTensor
import Testing

@testable import NNNetwork

struct EvaluationTests {
  private func identity(_ outputs: Int, _ activation: Activation) throws -> Network {
    var network = try network(outputs, [(outputs, activation)], bias: false)
    try network.setParameters([.eye(outputs, outputs, diagonal: 0, .float64)])
    return network
  }

  @Test("evaluate gives loss, accuracy and report")
  func evaluate() throws {
    let network = try identity(3, .softmax)
    let x = matrix([[2, 0, 0], [0, 3, 0], [1, 0, 0], [0, 0, 4]])
    let y = Tensor([0, 1, 2, 2], shape: nil)
    let evaluation = try network.evaluate(on: x, y)
    #expect(evaluation.samples == 4)
    #expect(evaluation.accuracy == 0.75)
    #expect(evaluation.loss == (try Loss.crossEntropy.value(network.forward(x), y).number))
    #expect(evaluation.report?.rows.map(\.recall) == [1, 1, 0.5])
  }

  @Test("Values have a loss and no classes")
  func values() throws {
    let network = try identity(2, .linear)
    let evaluation = try network.evaluate(on: matrix([[1, 2]]), matrix([[1.5, 2]]))
    #expect(evaluation.loss == 0.125)
    #expect(evaluation.accuracy == nil && evaluation.report == nil)
  }

  @Test("predict gives classes and their probabilities")
  func predict() throws {
    let network = try identity(3, .softmax)
    let x = matrix([[2, 0, 0], [0, 0, 4]])
    let prediction = try network.predict(x)
    #expect(prediction.classes == Tensor([0, 2], shape: nil))
    let scores = try network.forward(x).doubles
    #expect(prediction.probabilities?.doubles == [scores[0], scores[5]])
    #expect(try network.predict(Tensor([0.0, 1, 0], shape: nil)).classes.integers == [1])
    #expect(try identity(3, .linear).predict(x).probabilities == nil)
  }

  @Test("One sigmoid output is yes or no")
  func binary() throws {
    let network = try identity(1, .sigmoid)
    let prediction = try network.predict(matrix([[-1], [2]]))
    let scores = prediction.scores.doubles
    #expect(prediction.classes.integers == [0, 1])
    #expect(prediction.probabilities?.doubles == [1 - scores[0], scores[1]])
    #expect(
      try network.evaluate(on: matrix([[-1], [2]]), Tensor([0, 0], shape: nil)).accuracy == 0.5)
    #expect(throws: Problem.network(.noClasses(activation: "linear"))) {
      try identity(1, .linear).predict(matrix([[1]]))
    }
  }
}
