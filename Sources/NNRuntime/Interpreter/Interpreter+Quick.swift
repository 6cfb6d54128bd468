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

  /// An operator that has an elementwise operation for floats.
  @inline(never)
  func arithmetic(
    _ operation: BinaryOperation, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws {
    if hasQuickForms {
      if let number = quickNumber(operation, at.b(registers), at.c(registers)) {
        put(number, in: at.a(registers))
        return
      }
      if try quickElementwise(operation, at, registers) { return }
    }
    try binary(BinaryOperator(operation), at, registers)
  }

  /// Float64 elements and plain numbers, in the operations that cannot fail.
  @inline(__always)
  private func quickNumber(_ operation: BinaryOperation, _ left: Registers, _ right: Registers)
    -> Value?
  {
    guard let x = left.double, let y = right.double else { return nil }
    let isPlain = x.isPlain && y.isPlain
    // Integers among themselves stay integers.
    if isPlain, left.kind == .int, right.kind == .int { return nil }
    let result: Double
    switch operation {
    case .add: result = x.value + y.value
    case .subtract: result = x.value - y.value
    case .multiply: result = x.value * y.value
    case .divide:
      if isPlain, y.value == 0 { return nil }
      result = x.value / y.value
    default: return nil
    }
    return isPlain ? .float(result) : .scalar(.float64(result))
  }

  /// One side of an elementwise operation, nil for what is neither a tensor nor a number that a
  /// float64 tensor takes.
  @inline(__always)
  private func quickOperand(_ place: Registers, isSpent: Bool) -> QuickOperand? {
    if let storage = place.storage { return QuickOperand(storage, isSpent: isSpent) }
    guard let number = place.double else { return nil }
    return QuickOperand(number.value)
  }

  @inline(__always)
  private func quickElementwise(
    _ operation: BinaryOperation, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws -> Bool {
    let (left, right, target) = (at.b(registers), at.c(registers), at.a(registers))
    let spends = at.pointee.spends
    guard let x = quickOperand(left, isSpent: spends.contains(.b) || left == target),
      let y = quickOperand(right, isSpent: spends.contains(.c) || right == target)
    else { return false }
    return settle(
      try pool.binary(operation, x, y, isUpdate: at.pointee.isUpdate), at, registers)
  }

  /// `negate`, or a function of every element.
  func quickUnary(
    _ operation: UnaryOperation, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws -> Bool {
    let (source, target) = (at.b(registers), at.a(registers))
    let isSpent = at.pointee.spends.contains(.b) || source == target
    guard hasQuickForms, let storage = source.storage else { return false }
    return settle(
      try pool.unary(operation, QuickOperand(storage, isSpent: isSpent)), at, registers)
  }

  /// Puts the result where it belongs and lets go of spent operands.
  @inline(__always)
  private func settle(
    _ result: QuickResult, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) -> Bool {
    let target = at.a(registers)
    switch result {
    case .unsuited: return false
    case .made(let storage):
      charge(storage.elementCount)
      letGo(at, registers)
      put(.tensor(storage.tensor), in: target)
    case .inLeft: settle(at.b(registers), target, at, registers)
    case .inRight: settle(at.c(registers), target, at, registers)
    }
    return true
  }

  @inline(__always)
  private func settle(
    _ place: Registers, _ target: Registers, _ at: UnsafePointer<Instruction>,
    _ registers: Registers
  ) {
    if let storage = place.storage { charge(storage.elementCount) }
    if place != target { move(place, to: target) }
    // The operands, one of which may be where the result is now.
    if at.pointee.spends.contains(.b), at.b(registers) != target { clear(at.b(registers)) }
    if at.pointee.spends.contains(.c), at.c(registers) != target { clear(at.c(registers)) }
  }

  func quickProduct(_ at: UnsafePointer<Instruction>, _ registers: Registers) throws -> Bool {
    guard hasQuickForms, let x = at.b(registers).storage, let y = at.c(registers).storage
    else { return false }
    guard let (product, inner) = try pool.product(x, y) else { return false }
    letGo(at, registers)
    charge(product.elementCount.multipliedReportingOverflow(by: inner).partialValue)
    // A chain of large products looks at the clock after each.
    if stepsLeft.pointee < 0 { try refillSteps() }
    put(product.isNumber ? Value(product.tensor) : .tensor(product.tensor), in: at.a(registers))
    return true
  }

  /// Whether a comparison of two plain integers or floats holds; nil for other values.
  @inline(__always)
  func quickCompare(
    _ at: UnsafePointer<Instruction>, _ registers: Registers, _ integers: (Int, Int) -> Bool,
    _ floats: (Double, Double) -> Bool
  ) -> Bool? {
    let (left, right) = (at.b(registers), at.c(registers))
    if left.kind == .int, right.kind == .int { return integers(left.int, right.int) }
    guard left.kind == .float, right.kind == .float, let x = left.double, let y = right.double
    else { return nil }
    return floats(x.value, y.value)
  }

  // MARK: Functions

  /// The registry's functions that have an instruction; false where the entry itself is needed.
  func shortcut(_ at: UnsafePointer<Instruction>, _ registers: Registers) throws -> Bool {
    guard hasQuickForms else { return false }
    let shortcut =
      frame.pointee.code._withUnsafeGuaranteedRef { $0.shortcuts }
      + Int(at.pointee.d)
    let slot = shortcut.pointee.shadowingSlot
    if slot >= 0, isAssigned(slot) { return false }
    switch shortcut.pointee.function {
    case .unary(let operation):
      let source = at.b(registers)
      if source.kind != .int, let x = source.double {
        guard let result = Tensor.unary(operation, x.value) else { return false }
        put(.scalar(.float64(result)), in: at.a(registers))
        return true
      }
      return try quickUnary(operation, at, registers)
    case .binary(let operation): return try quickElementwise(operation, at, registers)
    case .dot: return try quickProduct(at, registers)
    case .transpose: return quickTranspose(at, registers)
    case .sum: return quickSum(at, registers)
    case .length: return quickLength(at, registers)
    case .range: return quickRange(at, registers)
    }
  }

  private func quickTranspose(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let (source, target) = (at.b(registers), at.a(registers))
    guard let storage = source.storage else { return false }
    let isSpent = at.pointee.spends.contains(.b) || source == target
    if isSpent, pool.transpose(storage) {
      if source != target { move(source, to: target) }
      return true
    }
    guard let turned = pool.transposed(storage) else { return false }
    letGo(at, registers)
    put(.tensor(turned.tensor), in: target)
    return true
  }

  /// Of a tensor, or of a list of float64 numbers.
  private func quickSum(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let source = at.b(registers)
    let sum: Double
    if let storage = source.storage {
      guard let total = pool.sum(storage) else { return false }
      charge(storage.elementCount)
      sum = total
    } else {
      guard let items = source.items,
        let total = pool.sum(
          of: items.pointee.count,
          {
            switch items.pointee[$0] {
            case .float(let x), .scalar(.float64(let x)): x
            default: nil
            }
          })
      else { return false }
      sum = total
    }
    letGo(at, registers)
    put(.scalar(.float64(sum)), in: at.a(registers))
    return true
  }

  private func quickLength(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let source = at.b(registers)
    guard let length = source.items?.pointee.count ?? source.storage?.firstLength else {
      return false
    }
    letGo(at, registers)
    put(.int(length), in: at.a(registers))
    return true
  }

  /// `range(n)`.
  private func quickRange(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let source = at.b(registers)
    guard source.kind == .int, source.int.magnitude < 1 << 62 else { return false }
    put(.range(RangeValue(start: 0, stop: source.int, step: 1)), in: at.a(registers))
    return true
  }

  // MARK: Elements

  /// An element of a list, of a vector or of a matrix, or a row of a matrix.
  @inline(__always)
  func quickIndex(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let (count, target) = (at.pointee.detail, at.a(registers))
    let items = registers + Int(at.pointee.d)
    guard hasQuickForms, count > 0, items.kind == .int else { return false }
    let i = items.int
    if let list = at.b(registers).items {
      let place = i < 0 ? i &+ list.pointee.count : i
      guard count == 1, place >= 0, place < list.pointee.count else { return false }
      put(list.pointee[place], in: target)
      return true
    }
    guard let storage = at.b(registers).storage else { return false }
    if count == 1 {
      if let element = storage.element(i) {
        put(.scalar(element), in: target)
        return true
      }
      guard let row = pool.row(storage, i) else { return false }
      put(.tensor(row.tensor), in: target)
      return true
    }
    guard count == 2, (items + 1).kind == .int,
      let element = storage.element(i, (items + 1).int)
    else { return false }
    put(.scalar(element), in: target)
    return true
  }

  /// `v[i] = x` and `m[i, j] = x` of a float64 tensor held here alone.
  @inline(__always)
  func quickSetIndex(_ at: UnsafePointer<Instruction>, _ registers: Registers) -> Bool {
    let (count, owner) = (at.pointee.detail, at.a(registers))
    let items = registers + Int(at.pointee.d)
    guard hasQuickForms, count > 0, items.kind == .int, let storage = owner.storage,
      let value = at.b(registers).double?.value
    else { return false }
    if count == 1 { return storage.setFloat(items.int, value) }
    guard count == 2, (items + 1).kind == .int else { return false }
    return storage.setFloat(items.int, (items + 1).int, value)
  }
}

extension BinaryOperator {
  /// The operator of an elementwise operation that has one.
  fileprivate init(_ operation: BinaryOperation) {
    switch operation {
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    case .divide: self = .divide
    case .floorDivide: self = .floorDivide
    case .remainder: self = .remainder
    case .power: self = .power
    default: self = .add
    }
  }
}
