import NNSource
import NNTensor

/// Inputs as a matrix (samples, inputs) of whatever dtype they came in; a panel of them at a time
/// is converted to the network's.
struct Samples {
  let matrix: Tensor
  /// Whether `x` was one sample without an axis of its own.
  let isSingle: Bool
  var count: Int { matrix.shape[0] }

  /// The first axis counts the samples and the others are flattened; where that does not fit and
  /// the whole has a sample's number of elements, it is one sample. Of rank 1, a network with one
  /// input takes each element as a sample.
  init(_ x: Tensor, for network: Network) throws {
    let width = network.inputs
    let isColumn = x.rank == 1 && width == 1
    let rows = x.rank == 0 ? 1 : x.shape[0]
    if x.rank >= 2 || isColumn, rows > 0, x.count.splits(into: rows, of: width) {
      matrix = try x.reshaped([rows, width])
      isSingle = false
    } else if x.count == width {
      matrix = try x.reshaped([1, width])
      isSingle = true
    } else if rows == 0 {
      throw Problem.network(.noSamples(shape: x.shape.array))
    } else {
      throw Problem.network(.inputWidth(shape: x.shape.array, inputs: width))
    }
  }

  /// The rows `range` in `order`, ready for the first layer.
  func panel(_ range: Range<Int>, order: [Int]?, for network: Network) throws -> Tensor {
    let rows = try matrix.panel(range, order: order).cast(to: network.dtype)
    guard let divisor = network.divisor else { return rows }
    return try rows / divisor
  }

  /// How many samples pass through the layers at a time. Up to 1024 the sums over them are
  /// unbroken; beyond, they are taken in panels of 512 and added in order. (The same rule the
  /// matrix product follows, so panels change no bit.)
  static func panels(_ range: Range<Int>) -> [Range<Int>] {
    guard range.count > 1024 else { return range.isEmpty ? [] : [range] }
    return stride(from: range.lowerBound, to: range.upperBound, by: 512).map {
      $0..<min($0 + 512, range.upperBound)
    }
  }
}

extension Int {
  /// Whether it is `rows * width`, without a product that could overflow.
  func splits(into rows: Int, of width: Int) -> Bool {
    rows > 0 && self % rows == 0 && self / rows == width
  }
}
