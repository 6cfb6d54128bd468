import NNSource
import NNTensor

/// How a layer's first weights are drawn: shape (inputs, outputs), row by row from the stream.
package enum Initializer: Sendable, Hashable {
  case uniform(low: Double, high: Double)
  case normal(mean: Double, deviation: Double)
  /// Uniform in ±√(6 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 16).
  case glorotUniform
  /// Normal with deviation √(2 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 12).
  case glorotNormal
  /// Uniform in ±√(6 / fan_in) (He et al. 2015, eq. 10).
  case heUniform
  /// Normal with deviation √(2 / fan_in) (He et al. 2015, eq. 10).
  case heNormal
  case zeros

  /// Those that take no numbers.
  package enum Plain: String, Sendable, CaseIterable, Named {
    case glorotUniform = "glorot_uniform"
    case glorotNormal = "glorot_normal"
    case heUniform = "he_uniform"
    case heNormal = "he_normal"
    case zeros

    package static let kind = "initialiser"
  }

  package init(_ plain: Plain) {
    self =
      switch plain {
      case .glorotUniform: .glorotUniform
      case .glorotNormal: .glorotNormal
      case .heUniform: .heUniform
      case .heNormal: .heNormal
      case .zeros: .zeros
      }
  }

  /// Weights of shape (fanIn, fanOut), drawn in float64 and then rounded to `dtype`; `zeros` draws
  /// nothing.
  package func weights(
    fanIn: Int, fanOut: Int, dtype: DType, random: inout RandomStream
  ) throws -> Tensor {
    let shape = Shape([fanIn, fanOut])
    let ends = Double(fanIn) + Double(fanOut)
    switch self {
    case .uniform(let low, let high):
      guard low.isFinite, high.isFinite, low <= high else {
        throw Problem.network(.uniformRange(low: low, high: high))
      }
      return try random.uniform(low: .weakFloat(low), high: .weakFloat(high), shape: shape)
        .cast(to: dtype)
    case .normal(let mean, let deviation):
      guard mean.isFinite, deviation.isFinite, deviation >= 0 else {
        throw Problem.network(.normalDeviation(mean: mean, deviation: deviation))
      }
      return try random.normal(
        mean: .weakFloat(mean), deviation: .weakFloat(deviation), shape: shape
      ).cast(to: dtype)
    case .glorotUniform: return try within((6 / ends).squareRoot())
    case .heUniform: return try within((6 / Double(fanIn)).squareRoot())
    case .glorotNormal: return try spread((2 / ends).squareRoot())
    case .heNormal: return try spread((2 / Double(fanIn)).squareRoot())
    case .zeros: return try Tensor(zeros: shape, dtype)
    }

    func within(_ limit: Double) throws -> Tensor {
      try Initializer.uniform(low: -limit, high: limit)
        .weights(fanIn: fanIn, fanOut: fanOut, dtype: dtype, random: &random)
    }
    func spread(_ deviation: Double) throws -> Tensor {
      try Initializer.normal(mean: 0, deviation: deviation)
        .weights(fanIn: fanIn, fanOut: fanOut, dtype: dtype, random: &random)
    }
  }
}
