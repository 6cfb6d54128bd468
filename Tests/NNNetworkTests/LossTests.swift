import NNTensor
import Testing

@testable import NNNetwork

struct LossTests {
  struct Functions: Decodable {
    struct Losses: Decodable {
      let prediction: [[Double]]
      let classes: [Int]
      let mse: Double
      let halfMse: Double
      let crossEntropy: Double
      let binaryCrossEntropy: Double
    }
    let losses: Losses
  }

  @Test("Values are scikit-learn's, from class numbers and from rows")
  func values() throws {
    let losses = try Fixture.read(Functions.self, "functions.json").losses
    let p = matrix(losses.prediction)
    let classes = Tensor(losses.classes, shape: nil)
    let rows = try oneHot(classes, classes: 4)
    let expected: [Loss: Double] = [
      .mse: losses.mse, .halfMse: losses.halfMse, .crossEntropy: losses.crossEntropy,
      .binaryCrossEntropy: losses.binaryCrossEntropy,
    ]
    for (loss, value) in expected {
      #expect(relativeError(try loss.value(p, classes).number, value) < 1e-14)
      #expect(try loss.value(p, rows) == loss.value(p, classes))
    }
  }

  @Test("The gradient is the slope of the value", arguments: Loss.allCases)
  func gradient(_ loss: Loss) throws {
    let p = matrix([[0.2, 0.5, 0.3], [0.6, 0.3, 0.1]])
    let t = matrix([[0, 1, 0], [0.25, 0.5, 0.25]])
    let slopes = try loss.gradient(p, t).doubles
    for index in 0..<p.count {
      let values = try [1e-6, -1e-6].map { step in
        var numbers = p.doubles
        numbers[index] += step
        return try loss.value(Tensor(numbers, shape: p.shape), t).number
      }
      #expect(abs((values[0] - values[1]) / 2e-6 - slopes[index]) < 1e-8)
    }
  }

  @Test("A prediction of rank 1 is one sample; half_mse has the gradient p − t")
  func oneSample() throws {
    let p = Tensor([0.5, 0.25], shape: nil)
    let t = Tensor([1, 0], shape: nil)
    #expect(try Loss.halfMse.gradient(p, t) == Tensor([-0.5, 0.25], shape: nil))
    #expect(try Loss.halfMse.value(p, t).number == (0.25 + 0.0625) / 2)
    #expect(try Loss.crossEntropy.value(p, Tensor(.int64(0))).number == -(0.5.logarithm()))
  }

  @Test("A certain and right prediction costs nothing, a certain and wrong one is infinite")
  func certainty() throws {
    let p = matrix([[1, 0]])
    for loss in [Loss.crossEntropy, .binaryCrossEntropy] {
      #expect(try loss.value(p, matrix([[1, 0]])).number == 0)
      #expect(try loss.value(p, matrix([[0, 1]])).number == .infinity)
      #expect(try loss.gradient(p, matrix([[1, 0]])).doubles.allSatisfy { $0.isFinite })
    }
  }

  @Test("After a sigmoid, binary cross-entropy stays finite where the probability rounds to 1")
  func fromSums() throws {
    let z = matrix([[800, -800]])
    let p = try Activation.sigmoid.apply(z)
    let rows = try Loss.binaryCrossEntropy.rowLosses(
      z: z, output: p, of: .sigmoid, target: matrix([[0, 0]]))
    #expect(rows.doubles == [800])
  }

  @Test("After a softmax, cross-entropy stays finite where the probability rounds to 0")
  func fromTinyProbability() throws {
    let z = matrix([[0, 1000], [1, 2]])
    let p = try Activation.softmax.apply(z)
    let target = matrix([[1, 0], [1, 0]])
    let rows = try Loss.crossEntropy.rowLosses(z: z, output: p, of: .softmax, target: target)
    let ordinary = try Loss.crossEntropy.rowLosses(prediction: p, target: target)
    #expect(rows.doubles[0] == 1000)
    #expect(rows.doubles[1] == ordinary.doubles[1])
  }

  @Test("The default follows the last activation")
  func standard() {
    #expect(Loss.standard(for: .softmax) == .crossEntropy)
    #expect(Loss.standard(for: .sigmoid) == .binaryCrossEntropy)
    #expect(Loss.standard(for: .tanh) == .mse)
  }
}

extension Double {
  /// By the engine's own logarithm.
  fileprivate func logarithm() throws -> Double {
    try Tensor.unary(.log, Tensor([self], shape: nil)).doubles[0]
  }
}
