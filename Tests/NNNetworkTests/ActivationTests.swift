import NNTensor
import Testing

@testable import NNNetwork

struct ActivationTests {
  struct Functions: Decodable {
    let points: [Double]
    let activations: [String: [[Double]]]
  }

  @Test("Values and derivatives are those of 60-digit arithmetic")
  func values() throws {
    let functions = try Fixture.read(Functions.self, "functions.json")
    let z = Tensor(functions.points, shape: nil)
    for (name, expected) in functions.activations.sorted(by: { $0.key < $1.key }) {
      let activation = try Activation(named: name)
      let values = try activation.apply(z).doubles
      let slopes = try activation.derivative(at: z).doubles
      for (index, pair) in expected.enumerated() {
        let place = "\(name)(\(functions.points[index]))"
        #expect(relativeError(values[index], pair[0]) < 1e-15, "\(place) is \(values[index])")
        #expect(abs(slopes[index] - pair[1]) < 1e-15, "\(place) has slope \(slopes[index])")
      }
    }
    #expect(functions.activations.count == Activation.allCases.count - 1)
  }

  @Test("At 0 relu, leaky_relu, prelu and step take the left value")
  func leftValueAtZero() throws {
    let zero = Tensor([0.0, -0.0], shape: nil)
    let slopes: [Activation: Double] = [.relu: 0, .leakyRelu: 0.01, .prelu: 0.25, .step: 0]
    for (activation, slope) in slopes {
      #expect(try activation.apply(zero).doubles == [0, 0])
      #expect(try activation.derivative(at: zero).doubles == [slope, slope])
    }
  }

  @Test("A sigmoid by hand has the same bits", arguments: [DType.float64, .float32])
  func sigmoidByHand(_ dtype: DType) throws {
    let z = spread([4000, 5], scale: 40).cast(to: dtype)
    let exponential = try Tensor.unary(.exp, .unary(.negate, z))
    let sum = try Tensor.binary(.add, number(1), .tensor(exponential))
    #expect(try Activation.sigmoid.apply(z) == .binary(.divide, number(1), .tensor(sum)))
  }

  @Test("Softmax rows sum to 1, however large their numbers")
  func softmax() throws {
    let rows = try Activation.softmax.apply(matrix([[1000, 1000], [-1000, 1000], [0, 0]]))
    #expect(rows.doubles == [0.5, 0.5, 0, 1, 0.5, 0.5])
    #expect(throws: (any Error).self) { try Activation.softmax.derivative(at: rows) }
  }

  @Test("Integers become float64, float32 stays", arguments: Activation.allCases)
  func dtypes(_ activation: Activation) throws {
    #expect(try activation.apply(Tensor([1, -2], shape: nil)).dtype == .float64)
    #expect(try activation.apply(Tensor([UInt8(3)], shape: nil)).dtype == .float64)
    let float = Tensor([Float(0.5), -0.5], shape: nil)
    #expect(try activation.apply(float).dtype == .float32)
    guard activation != .softmax else { return }
    #expect(try activation.derivative(at: float).dtype == .float32)
    #expect(try activation.derivative(at: Tensor([1], shape: nil)).dtype == .float64)
  }

  @Test("nan stays nan", arguments: Activation.allCases)
  func nan(_ activation: Activation) throws {
    #expect(try activation.apply(Tensor([Double.nan], shape: nil)).doubles[0].isNaN)
  }
}
