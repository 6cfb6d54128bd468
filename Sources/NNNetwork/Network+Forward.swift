import NNSource
import NNTensor

extension Network {
  /// The output layer's values: (samples, outputs), or (outputs,) for a single sample.
  /// It stops between panels of samples when its allowance says so.
  package func forward(_ x: Tensor) throws -> Tensor {
    let samples = try Samples(x, for: self)
    let parts = try Samples.panels(0..<samples.count).map {
      try Allowance.check()
      return try ForwardPass(self, samples.panel($0, for: self)).output
    }
    let output = parts.count == 1 ? parts[0] : try Tensor.concatenate(parts, axis: 0)
    return samples.isSingle ? try output.reshaped([outputs]) : output
  }

  /// What a reader should be told about `x`: bytes over 1 that nothing divides.
  package func inputWarning(_ x: Tensor) throws -> Problem? {
    guard x.dtype == .uint8, divisor == nil, x.count > 0 else { return nil }
    guard let largest = try x.reduce(.max).scalar?.integer, largest > 1 else { return nil }
    return .network(.undividedBytes(largest: largest, inputs: inputs))
  }
}
