/// Single elements of a tensor, where its holder has it.
extension UnsafeMutablePointer<TensorStorage> {
  /// The length of the first axis; nil for a number.
  package var firstLength: Int? {
    let header = header
    guard header.pointee.layout.isSmall, header.pointee.layout.small.rank > 0 else { return nil }
    return header.pointee.layout.small.shape.numbers.0
  }

  /// Element `i` of a vector; nil for anything else, and out of range.
  package func element(_ i: Int) -> Scalar? { offset(i).map(load) }

  /// Element `i`, `j` of a matrix.
  package func element(_ i: Int, _ j: Int) -> Scalar? { offset(i, j).map(load) }

  private func load(_ offset: Int) -> Scalar {
    let header = header
    return Scalar(
      header.pointee.data + offset &* header.pointee.dtype.itemSize, header.pointee.dtype)
  }

  /// Writes one element of a float64 vector that nobody else has. False where nothing was written.
  package func setFloat(_ i: Int, _ value: Double) -> Bool {
    guard isChangeable, let offset = offset(i) else { return false }
    header.pointee.data.storeBytes(of: value, toByteOffset: offset &* 8, as: Double.self)
    return true
  }

  /// The same in a matrix.
  package func setFloat(_ i: Int, _ j: Int, _ value: Double) -> Bool {
    guard isChangeable, let offset = offset(i, j) else { return false }
    header.pointee.data.storeBytes(of: value, toByteOffset: offset &* 8, as: Double.self)
    return true
  }

  private var isChangeable: Bool {
    header.pointee.dtype == .float64 && header.pointee.owner == nil
      && isKnownUniquelyReferenced(&pointee)
  }

  private func offset(_ i: Int) -> Int? {
    let header = header
    guard header.pointee.layout.isSmall, header.pointee.layout.small.rank == 1 else { return nil }
    let length = header.pointee.layout.small.shape.numbers.0
    let place = i < 0 ? i &+ length : i
    guard place >= 0, place < length else { return nil }
    return place &* header.pointee.layout.small.strides.numbers.0
  }

  private func offset(_ i: Int, _ j: Int) -> Int? {
    let header = header
    guard header.pointee.layout.isSmall, header.pointee.layout.small.rank == 2 else { return nil }
    let (shape, strides) = (
      header.pointee.layout.small.shape.numbers, header.pointee.layout.small.strides.numbers
    )
    let (row, column) = (i < 0 ? i &+ shape.0 : i, j < 0 ? j &+ shape.1 : j)
    guard row >= 0, row < shape.0, column >= 0, column < shape.1 else { return nil }
    return row &* strides.0 &+ column &* strides.1
  }
}
