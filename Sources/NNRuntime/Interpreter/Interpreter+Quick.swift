import NNLanguage
import NNSource
import NNTensor

/// The usual operations on the usual values, in the registers where they stand: float64 tensors
/// without gaps, float64 numbers, plain numbers, list elements. Each function says whether it was
/// such a case; the general way gives the same result, only slower, and all the messages.
///
/// An operand is written over where this instruction is the last to read it (it is spent, or its
/// register is the result's), its register is the only one that has the storage, and the storage
/// shows no other's elements. Then nobody can tell.
extension Interpreter {
  // MARK: Operators

  @inline(__always)
  func quickBinary(
    _ operation: BinaryOperator, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws -> Bool {
    if operation == .matmul { return try quickProduct(at, registers) }
    if let number = quickNumber(operation, at.b(registers), at.c(registers)) {
      put(number, in: at.a(registers))
      return true
    }
    return try quickElementwise(operation.tensorOperation, at, registers)
  }

  /// Float64 elements and plain numbers, in the operations that cannot fail.
  @inline(__always)
  private func quickNumber(_ operation: BinaryOperator, _ left: Registers, _ right: Registers)
    -> Value?
  {
    let (x, y): (Double, Double)
    var isPlain = false
    switch (left.pointee, right.pointee) {
    case (.scalar(.float64(let a)), .scalar(.float64(let b))): (x, y) = (a, b)
    case (.scalar(.float64(let a)), .float(let b)): (x, y) = (a, b)
    case (.float(let a), .scalar(.float64(let b))): (x, y) = (a, b)
    case (.scalar(.float64(let a)), .int(let b)): (x, y) = (a, Double(b))
    case (.int(let a), .scalar(.float64(let b))): (x, y) = (Double(a), b)
    case (.float(let a), .float(let b)): (x, y, isPlain) = (a, b, true)
    case (.float(let a), .int(let b)): (x, y, isPlain) = (a, Double(b), true)
    case (.int(let a), .float(let b)): (x, y, isPlain) = (Double(a), b, true)
    default: return nil
    }
    let result: Double
    switch operation {
    case .add: result = x + y
    case .subtract: result = x - y
    case .multiply: result = x * y
    case .divide:
      if isPlain, y == 0 { return nil }
      result = x / y
    default: return nil
    }
    return isPlain ? .float(result) : .scalar(.float64(result))
  }

  /// One side of an elementwise operation, nil for what is neither a tensor nor a number that a
  /// float64 tensor takes.
  @inline(__always)
  private func quickOperand(_ place: Registers, isSpent: Bool) -> QuickOperand? {
    switch place.pointee {
    case .tensor(let tensor):
      QuickOperand(tensor.header, isSpare: isSpent && place.holdsAlone)
    case .float(let x), .scalar(.float64(let x)): QuickOperand(x)
    case .int(let x): QuickOperand(Double(x))
    default: nil
    }
  }

  @inline(never)
  private func quickElementwise(
    _ operation: BinaryOperation, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws -> Bool {
    let (left, right, target) = (at.b(registers), at.c(registers), at.a(registers))
    let spends = at.pointee.spends
    guard let x = quickOperand(left, isSpent: spends.contains(.b) || left == target),
      let y = quickOperand(right, isSpent: spends.contains(.c) || right == target)
    else { return false }
    return settle(try pool.binary(operation, x, y), at, registers)
  }

  /// `negate`, or a function of every element.
  func quickUnary(
    _ operation: UnaryOperation, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws -> Bool {
    let (source, target) = (at.b(registers), at.a(registers))
    let isSpent = at.pointee.spends.contains(.b) || source == target
    guard case .tensor = source.pointee, let x = quickOperand(source, isSpent: isSpent) else {
      return false
    }
    return settle(try pool.unary(operation, x), at, registers)
  }

  /// Puts the result where it belongs and lets go of spent operands.
  @inline(__always)
  private func settle(
    _ result: consuming QuickResult, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) -> Bool {
    let target = at.a(registers)
    switch result {
    case .unsuited: return false
    case .made(let tensor):
      charge(tensor.count)
      letGo(at, registers)
      put(.tensor(tensor), in: target)
    case .inLeft: settle(at.b(registers), target, at, registers)
    case .inRight: settle(at.c(registers), target, at, registers)
    }
    return true
  }

  private func settle(
    _ place: Registers, _ target: Registers, _ at: UnsafePointer<Instruction>,
    _ registers: Registers
  ) {
    if case .tensor(let tensor) = place.pointee { charge(tensor.header.elementCount) }
    guard place != target else {
      if at.pointee.spends.contains(.c), at.c(registers) != target {
        put(.none, in: at.c(registers))
      }
      if at.pointee.spends.contains(.b), at.b(registers) != target {
        put(.none, in: at.b(registers))
      }
      return
    }
    let value = place.take()
    letGo(at, registers)
    put(value, in: target)
  }

  func quickProduct(_ at: UnsafePointer<Instruction>, _ registers: Registers) throws -> Bool {
    guard case .tensor(let x) = at.b(registers).pointee,
      case .tensor(let y) = at.c(registers).pointee
    else { return false }
    guard let (product, inner) = try pool.product(x.header, y.header) else { return false }
    letGo(at, registers)
    let count = product.header.elementCount
    charge(count.multipliedReportingOverflow(by: inner).partialValue)
    put(product.header.isNumber ? Value(product) : .tensor(product), in: at.a(registers))
    return true
  }

  @inline(__always)
  func quickCompare(
    _ operation: ComparisonOperator, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws -> Bool {
    let holds: Bool
    switch (at.b(registers).pointee, at.c(registers).pointee) {
    case (.int(let x), .int(let y)):
      guard let result = ordered(operation, x, y) else { return false }
      holds = result
    case (.float(let x), .float(let y)):
      guard let result = ordered(operation, x, y) else { return false }
      holds = result
    default: return false
    }
    put(.bool(holds), in: at.a(registers))
    return true
  }

  @inline(__always)
  private func ordered<T: Comparable>(_ operation: ComparisonOperator, _ x: T, _ y: T) -> Bool? {
    switch operation {
    case .in, .notIn, .is, .isNot: nil
    default: Arithmetic.ordered(operation, x, y)
    }
  }

  // MARK: Functions

  /// The registry's functions that have an instruction; false where the entry itself is needed.
  func shortcut(_ at: UnsafePointer<Instruction>, _ registers: Registers) throws -> Bool {
    let slot = frame.pointee.code._withUnsafeGuaranteedRef {
      $0.shortcuts[Int(at.pointee.d)].shadowingSlot
    }
    if slot >= 0, isAssigned(slot) { return false }
    switch at.pointee.operation {
    case .mapUnary:
      guard let operation = UnaryOperation(rawValue: at.pointee.detail) else { return false }
      switch at.b(registers).pointee {
      case .float(let x), .scalar(.float64(let x)):
        guard let result = Tensor.unary(operation, x) else { return false }
        put(.scalar(.float64(result)), in: at.a(registers))
        return true
      default: return try quickUnary(operation, at, registers)
      }
    case .mapBinary:
      guard let operation = BinaryOperation(rawValue: at.pointee.detail) else { return false }
      return try quickElementwise(operation, at, registers)
    case .dot: return try quickProduct(at, registers)
    case .transpose: return quickTranspose(at, registers)
    case .sum:
      guard case .tensor(let tensor) = at.b(registers).pointee,
        let sum = pool.sum(tensor.header)
      else { return false }
      charge(tensor.header.elementCount)
      letGo(at, registers)
      put(.scalar(.float64(sum)), in: at.a(registers))
      return true
    default: return quickLength(at, registers)
    }
  }

  private func quickTranspose(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let (source, target) = (at.b(registers), at.a(registers))
    guard case .tensor(let tensor) = source.pointee else { return false }
    let isSpent = at.pointee.spends.contains(.b) || source == target
    if isSpent, pool.transpose(QuickOperand(tensor.header, isSpare: source.holdsAlone)) {
      if source != target { put(source.take(), in: target) }
      return true
    }
    guard let turned = pool.transposed(tensor) else { return false }
    letGo(at, registers)
    put(.tensor(turned), in: target)
    return true
  }

  private func quickLength(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let length: Int
    switch at.b(registers).pointee {
    case .list(let items), .tuple(let items): length = items.count
    case .tensor(let tensor):
      guard let count = tensor.header.firstLength else { return false }
      length = count
    default: return false
    }
    letGo(at, registers)
    put(.int(length), in: at.a(registers))
    return true
  }

  // MARK: Elements

  /// An element of a list, of a vector or of a matrix, or a row of a matrix.
  @inline(__always)
  func quickIndex(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let (count, target) = (at.pointee.detail, at.a(registers))
    let items = registers + Int(at.pointee.d)
    guard count > 0, case .int(let i) = items.pointee else { return false }
    switch at.b(registers).pointee {
    case .list(let list):
      let place = i < 0 ? i &+ list.count : i
      guard count == 1, place >= 0, place < list.count else { return false }
      put(list[place], in: target)
      return true
    case .tensor(let tensor):
      if count == 1 {
        if let element = tensor.header.float(i) {
          put(.scalar(.float64(element)), in: target)
          return true
        }
        guard let row = pool.row(tensor.header, i) else { return false }
        put(.tensor(row), in: target)
        return true
      }
      guard count == 2, case .int(let j) = items[1], let element = tensor.header.float(i, j)
      else { return false }
      put(.scalar(.float64(element)), in: target)
      return true
    default: return false
    }
  }

  /// `v[i] = x` and `m[i, j] = x` of a float64 tensor held here alone.
  @inline(__always)
  func quickSetIndex(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let (count, owner) = (at.pointee.detail, at.a(registers))
    let items = registers + Int(at.pointee.d)
    guard count > 0, case .int(let i) = items.pointee, case .tensor(let tensor) = owner.pointee
    else { return false }
    let value: Double
    switch at.b(registers).pointee {
    case .float(let x), .scalar(.float64(let x)): value = x
    case .int(let x): value = Double(x)
    default: return false
    }
    guard owner.holdsAlone else { return false }
    if count == 1 { return tensor.header.setFloat(i, value) }
    guard count == 2, case .int(let j) = items[1] else { return false }
    return tensor.header.setFloat(i, j, value)
  }
}
