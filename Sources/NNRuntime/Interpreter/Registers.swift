import NNTensor

/// Registers are values side by side in the interpreter's memory. They are read, moved and written
/// where they stand: copying a value out counts a reference, and a value that is counted twice
/// cannot be changed in place.
typealias Registers = UnsafeMutablePointer<Value>

extension UnsafeMutablePointer<Value> {
  /// Whether letting go of the value takes nothing.
  @inline(__always) var isPlain: Bool {
    switch pointee {
    case .none, .bool, .int, .float, .scalar, .dtype, .absent: true
    default: false
    }
  }

  @inline(__always) var isAbsent: Bool {
    if case .absent = pointee { return true }
    return false
  }

  /// The value, which leaves the register.
  @inline(__always) func take() -> Value {
    let value = move()
    initialize(to: .none)
    return value
  }

  /// Whether this register alone holds its tensor.
  @inline(__always) var holdsAlone: Bool {
    guard case .tensor(var tensor) = move() else { return false }
    defer { initialize(to: .tensor(tensor)) }
    return tensor.isHeldOnce
  }
}

extension Interpreter {
  /// Writes a register; a tensor that stood there may be used again.
  @inline(__always) func put(_ value: consuming Value, in place: Registers) {
    if !place.isPlain { letGo(place) }
    place.initialize(to: value)
  }

  /// Empties a register, which is then to be initialised.
  @inline(never) private func letGo(_ place: Registers) {
    if case .tensor(let tensor) = place.move() { pool.recycle(tensor) }
  }

  /// Empties registers.
  func clear(_ first: Registers, to end: Registers) {
    var place = first
    while place < end {
      if !place.isPlain { put(.none, in: place) }
      place += 1
    }
  }
}
