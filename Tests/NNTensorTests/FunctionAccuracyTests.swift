import CNNKernels
import Testing

@testable import NNTensor

/// Elementary functions against mpmath: `high + low` is the value to twice the precision.
@Suite struct FunctionAccuracyTests {
  struct Record: Decodable, CustomTestStringConvertible {
    let name: String
    let x: RecordedTensor
    let high: RecordedTensor
    let low: RecordedTensor
    var testDescription: String { "\(name) in \(x.d)" }
  }

  /// Units in the last place: the promise of numerics rules 3 and 7.
  private static let bounds = [
    "exp": 1, "log": 1, "sin": 1, "cos": 1, "tan": 1, "arctan": 1, "power": 1, "log1p": 1,
    "expm1": 2.5, "tanh": 2.5, "sigmoid": 2.5, "softplus": 2.5,
  ]

  @Test(arguments: try Records.load("tensor-functions", as: [Record].self))
  func `functions are as exact as promised`(_ record: Record) throws {
    let x = try record.x.tensor
    let high = try record.high.tensor.doubles
    let low = try record.low.tensor.doubles
    let result =
      if record.name == "power" {
        try Tensor.binary(.power, .tensor(x.row(0)), .tensor(x.row(1)))
      } else {
        try Tensor.unary(
          try #require(UnaryOperation.allCases.first { "\($0)" == record.name }), x)
      }
    var worst = 0.0
    for (i, value) in result.doubles.enumerated() {
      let unit = x.dtype == .float32 ? Double(Float(high[i]).ulp) : high[i].ulp
      worst = max(worst, abs((value - high[i]) - low[i]) / unit)
    }
    #expect(worst < Self.bounds[record.name] ?? 0, "\(record.name): \(worst) units")
  }
}
