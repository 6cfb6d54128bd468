@testable import NNTensor

/// SplitMix64; with `number` and `array` the twin of `make_text_cases.py`.
struct TextGenerator {
  var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  static let specials: [Double] = [
    0.0, -0.0, 1.0, -1.0, 0.5, .nan, .infinity, -.infinity, 1e-300, 2.5e20,
    123456.789, 1e8, 99_999_999.0, 1e-4, 9.9e-5, 1000.0, 1e16, .leastNonzeroMagnitude, 0.1, -3.0,
  ]

  /// 10^0 … 10^22, all exact.
  private static let tens: [Double] = (0...22).map { power in
    Double("1e\(power)") ?? 0
  }

  mutating func number(_ kind: Int) -> Double {
    let word = next()
    func remainder(_ shift: UInt64, _ count: UInt64) -> Double {
      Double((word >> shift) % count)
    }
    switch kind {
    case 0: return Double(bitPattern: word)
    case 1: return (remainder(8, 20001) - 10000) / TextGenerator.tens[Int(word % 5)]
    case 2: return (remainder(8, 1 << 50) - 0x1p49) / TextGenerator.tens[Int(word % 5) + 12]
    case 3: return (remainder(16, 2_000_001) - 1_000_000) / TextGenerator.tens[Int(word % 23)]
    case 4: return TextGenerator.specials[Int(word % UInt64(TextGenerator.specials.count))]
    case 5: return Double(bitPattern: (word % 280 + 884) << 52)
    case 6: return remainder(8, 1 << (word % 40 + 1))
    default: return remainder(8, 1000) / 7
    }
  }

  private mutating func lengths() -> [Int] {
    let kind = below(12)
    switch kind {
    case 0: return [below(1500)]
    case 1: return [below(60) + 1, below(60) + 1]
    case 2: return (0..<4).map { _ in below(9) + 1 }
    case 3:
      let rank = below(4) + 1
      return (0..<rank).map { _ in below(4) }
    case ..<7: return [below(24) + 1]
    case ..<10: return [below(6) + 1, below(9) + 1]
    default:
      let rank = below(6)
      return (0..<rank).map { _ in below(3) + 1 }
    }
  }

  mutating func array() -> Tensor {
    let dtypes: [DType] = [
      .float64, .float64, .float64, .float32, .float32, .int64, .uint8, .bool,
    ]
    let dtype = dtypes[below(dtypes.count)]
    let lengths = lengths()
    let shape = Shape(lengths)
    let count = lengths.reduce(1, *)
    let kind = below(8)
    if dtype.isFloat {
      var values = (0..<count).map { _ in number(kind) }
      if below(8) == 0 && count > 0 {
        values[below(count)] = TextGenerator.specials[below(TextGenerator.specials.count)]
      }
      return dtype == .float32
        ? Tensor(values.map { Float($0) }, shape: shape) : Tensor(values, shape: shape)
    }
    let span: UInt64 = [2, 10, 256, 1 << 20, .max][below(5)]
    let values = (0..<count).map { _ in next() % span }
    switch dtype {
    case .uint8: return Tensor(values.map { UInt8($0 % 256) }, shape: shape)
    case .bool: return Tensor(values.map { $0 % 2 == 1 }, shape: shape)
    default:
      let half = span == .max ? 0 : Int(span / 2)
      return Tensor(values.map { Int(bitPattern: UInt($0)) - half }, shape: shape)
    }
  }
}
