import CNNKernels

extension RandomStream {
  /// A multiple of 2⁻⁵³ in [0, 1).
  package mutating func uniformDouble() -> Double {
    let high = next32() >> 5
    let low = next32() >> 6
    return (Double(high) * 67_108_864 + Double(low)) / 9_007_199_254_740_992
  }

  /// A standard normal deviate by Marsaglia's polar method; every second one is the partner of the
  /// one before.
  package mutating func gaussian() -> Double {
    if let partner = cachedGaussian {
      cachedGaussian = nil
      return partner
    }
    var x1 = 0.0
    var x2 = 0.0
    var r2 = 0.0
    repeat {
      x1 = 2 * uniformDouble() - 1
      x2 = 2 * uniformDouble() - 1
      r2 = x1 * x1 + x2 * x2
    } while r2 >= 1 || r2 == 0
    let factor = (-2 * nn_random_log(r2) / r2).squareRoot()
    cachedGaussian = factor * x1
    return factor * x2
  }

  /// A whole number in 0…`maximum`: draws with the bits above it masked off, until one fits. No
  /// draw where there is no choice.
  mutating func bounded(_ maximum: UInt64) -> UInt64 {
    guard maximum > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(maximum.leadingZeroBitCount)
    while true {
      let draw = (maximum > UInt64(UInt32.max) ? next64() : UInt64(next32())) & mask
      if draw <= maximum { return draw }
    }
  }
}
