import NNLanguage
import NNSource
import NNTensor

extension Interpreter {
  // MARK: Operators

  @inline(never)
  func binary(
    _ operation: BinaryOperator, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws {
    let left = try present(at.b(registers))
    let right = try present(at.c(registers))
    do {
      var result = try Arithmetic.binary(operation, left, right)
      if at.pointee.isUpdate { result = try Arithmetic.kept(operation, left, result) }
      switch result {
      case .tensor(let tensor):
        // A product takes its inner length for each element.
        guard operation == .matmul, case .tensor(let factor) = left else {
          charge(tensor.count)
          break
        }
        charge(tensor.count.multipliedReportingOverflow(by: factor.shape.last ?? 1).partialValue)
      case .string(let text): charge(text.utf8.count)
      case .list(let items): charge(items.count * 10)
      default: break
      }
      letGo(at, registers)
      put(result, in: at.a(registers))
      // A chain of large products looks at the clock after each.
      if stepsLeft.pointee < 0 { try refillSteps() }
    } catch let problem as Problem {
      throw explained(problem, left, right, at.pointee)
    }
  }

  /// Empties the registers of the operands that are spent.
  @inline(__always)
  func letGo(_ at: UnsafePointer<Instruction>, _ registers: Registers) {
    if at.pointee.spends.contains(.b) { clear(at.b(registers)) }
    if at.pointee.spends.contains(.c) { clear(at.c(registers)) }
  }

  @inline(never)
  func compare(
    _ operation: ComparisonOperator, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws {
    let left = try present(at.b(registers))
    let right = try present(at.c(registers))
    chargeReading(left)
    chargeReading(right)
    put(try Arithmetic.compare(operation, left, right), in: at.a(registers))
    if stepsLeft.pointee < 0 { try refillSteps() }
  }

  @inline(never)
  func unary(
    _ operation: UnaryOperator, _ at: UnsafePointer<Instruction>, _ registers: Registers
  ) throws {
    let result = try Arithmetic.unary(operation, try present(at.b(registers)))
    letGo(at, registers)
    put(result, in: at.a(registers))
  }

  func truth(_ place: Registers) throws -> Bool { try Arithmetic.truth(try present(place)) }

  /// Adds what only the source knows: the name whose transpose would fit a product.
  private func explained(
    _ problem: Problem, _ left: Value, _ right: Value, _ at: Instruction
  ) -> any Error {
    guard case .tensor(.matmul(let a, let b)) = problem, a.count == 2, b.count == 2 else {
      return problem
    }
    let position = sidesPosition(at)
    guard let sides = position else { return problem }
    if a[1] == b[1], let name = simpleName(sides.right) {
      return Problem.tensor(.matmulNamed(a, b, transpose: name, [b[1], b[0]]))
    }
    if a[0] == b[0], let name = simpleName(sides.left) {
      return Problem.tensor(.matmulNamed(a, b, transpose: name, [a[1], a[0]]))
    }
    return problem
  }

  private func sidesPosition(_ at: Instruction) -> (
    left: SourceRange, right: SourceRange
  )? {
    let code = code
    // Only on the way to a message, so a search costs nothing that matters.
    return code.sides.first { index, _ in
      let candidate = code.program[Int(index)]
      return candidate.operation == at.operation && candidate.a == at.a && candidate.b == at.b
        && candidate.c == at.c
    }?.value
  }

  /// The text of a name or a field, `w2` or `net.W1`; nil for anything longer.
  private func simpleName(_ range: SourceRange) -> String? {
    let text = sourceText(range)
    let isName = text.unicodeScalars.allSatisfy {
      $0 == "_" || $0 == "." || $0.properties.isAlphabetic || ("0"..."9").contains($0)
    }
    return isName && !text.hasSuffix(".T") ? text : nil
  }

  // MARK: Loops

  func prepareLoop(_ at: Instruction, _ registers: Registers) throws {
    let state = registers + Int(at.a)
    var value = try present(registers + Int(at.b))
    switch value {
    case .range(let range):
      put(.int(range.start), in: state)
      put(.int(range.step), in: state + 1)
      put(.int(range.count), in: state + 2)
      return
    case .list, .tuple: break
    case .tensor(let tensor):
      guard tensor.rank > 0 else { throw Problem.value(.notIterable(value.kindName)) }
    case .string: value = .list(try value.items() ?? [])
    default: throw Problem.value(.notIterable(value.kindName))
    }
    put(.int(0), in: state)
    put(value, in: state + 1)
  }

  /// The next item of a loop over what is no range; nil at its end.
  func nextItem(_ state: Registers) throws -> Value? {
    guard case .int(let place) = state[0] else { return nil }
    let item: Value
    switch state[1] {
    case .list(let items), .tuple(let items):
      guard place < items.count else { return endLoop(state) }
      item = items[place]
    case .tensor(let tensor):
      guard place < tensor.shape[0] else { return endLoop(state) }
      item = Value(try tensor.indexed([.integer(place)]))
    default: return nil
    }
    state.initialize(to: .int(place + 1))
    return item
  }

  private func endLoop(_ state: Registers) -> Value? {
    put(.none, in: state + 1)
    return nil
  }

  func unpack(_ registers: Registers, _ at: Instruction) throws {
    let source = registers + Int(at.b)
    let value = at.spends.contains(.b) ? source.take() : try present(source)
    guard let items = try value.items() else {
      throw Problem.value(.notUnpackable(value.kindName, names: Int(at.c)))
    }
    guard items.count == Int(at.c) else {
      throw Problem.value(.unpackCount(names: Int(at.c), values: items.count))
    }
    for (offset, item) in items.enumerated() { put(item, in: registers + Int(at.a) + offset) }
  }

  func append(_ item: Value, to place: Registers) throws {
    try Nesting.check(item)
    // The list is taken out of its register, so that it is held once and grows in place.
    if let items = place.items {
      try Nesting.check(length: items.pointee.count + 1)
      Self.appendInPlace(place, item)
      return
    }
    let owner = try present(place)
    guard case .tensor = owner, let items = try owner.items() else {
      throw Problem.value(.cannotAppend(owner.kindName))
    }
    put(.list(items + [item]), in: place)
  }

  private static func appendInPlace(_ place: Registers, _ item: Value) {
    guard case .list(var items) = place.move() else {
      place.initialize(to: .none)
      return
    }
    if items.isEmpty { items.reserveCapacity(8) }
    items.append(item)
    place.initialize(to: .list(items))
  }

  // MARK: Indexing

  @inline(never)
  func index(_ at: UnsafePointer<Instruction>, _ registers: Registers) throws {
    if quickIndex(at, registers) { return }
    let value = try index(
      try present(at.b(registers)), code.indices[Int(at.pointee.c)], registers)
    put(value, in: at.a(registers))
  }

  @inline(never)
  func setIndex(_ at: UnsafePointer<Instruction>, _ registers: Registers) throws {
    if quickSetIndex(at, registers) { return }
    if at.a(registers).isAbsent { put(try present(at.a(registers)), in: at.a(registers)) }
    try setIndex(
      at.a(registers), code.indices[Int(at.pointee.c)], try present(at.b(registers)), registers)
  }

  func index(_ base: Value, _ site: IndexSite, _ registers: Registers) throws -> Value {
    switch base {
    case .tensor(let tensor):
      let indices = try tensorIndices(site, registers)
      if site.isPlace, indices.contains(where: \.isTensor) {
        throw Problem.value(.changesCopy)
      }
      return Value(try tensor.indexed(indices))
    case .list(let items):
      if let place = try place(site, registers, count: items.count, of: "list") {
        return items[place]
      }
      if case .slice = site.items[0], site.items.count == 1 {
        let part = try slice(site.items[0], registers, count: items.count).map { items[$0] }
        charge(part.count * 10)
        return .list(part)
      }
      guard let stacked = try? Stacking.stack(items) else {
        throw Problem.value(.listIndex(items: site.items.count))
      }
      return try index(.tensor(stacked), site, registers)
    case .tuple(let items):
      if let place = try place(site, registers, count: items.count, of: "tuple") {
        return items[place]
      }
      return .tuple(try slice(site.items[0], registers, count: items.count).map { items[$0] })
    case .string(let text):
      chargeReading(base)
      // A character a byte, as long texts mostly are: they need not be spread out.
      if text.utf8.allSatisfy({ $0 < 0x80 }) {
        let bytes = Array(text.utf8)
        if let place = try place(site, registers, count: bytes.count, of: "string") {
          return .string(String(UnicodeScalar(bytes[place])))
        }
        let places = try slice(site.items[0], registers, count: bytes.count)
        return .string(String(decoding: places.map { bytes[$0] }, as: UTF8.self))
      }
      let scalars = Array(text.unicodeScalars)
      if let place = try place(site, registers, count: scalars.count, of: "string") {
        return .string(String(scalars[place]))
      }
      var result = String.UnicodeScalarView()
      for place in try slice(site.items[0], registers, count: scalars.count) {
        result.append(scalars[place])
      }
      return .string(String(result))
    case .range(let range):
      if let place = try place(site, registers, count: range.count, of: "range") {
        return .int(range.start + place * range.step)
      }
      return try index(.tensor(try base.tensor() ?? Tensor(.int64(0))), site, registers)
    default: throw Problem.value(.notIndexable(base.kindName))
    }
  }

  /// The element that a single integer names; nil for any other index.
  private func place(_ site: IndexSite, _ registers: Registers, count: Int, of kind: String) throws
    -> Int?
  {
    guard site.items.count == 1 else {
      if kind == "list" { return nil }
      throw Problem.value(.tooManyIndices(kind, given: site.items.count))
    }
    guard case .value(let register) = site.items[0] else { return nil }
    guard let index = registers[register].integer else {
      if kind == "list", registers[register].isNumeric { return nil }
      throw Problem.value(.notAnIndex(registers[register].kindName, of: kind))
    }
    guard index >= -count, index < count else {
      throw Problem.value(.indexOutOfRange(index, count: count, of: kind))
    }
    return index < 0 ? index + count : index
  }

  private func slice(
    _ item: IndexSite.Item, _ registers: Registers, count: Int
  ) throws -> StrideTo<Int> {
    guard case .slice(let start, let stop, let step) = item else {
      return stride(from: 0, to: count, by: 1)
    }
    let by = min(max(try bound(step, registers) ?? 1, -count - 1), count + 1)
    guard by != 0 else { throw Problem.value(.sliceStepZero) }
    func clamped(_ value: Int?, _ standard: Int, _ low: Int, _ high: Int) -> Int {
      guard let value else { return standard }
      return min(max(value < 0 ? value + count : value, low), high)
    }
    if by > 0 {
      return stride(
        from: clamped(try bound(start, registers), 0, 0, count),
        to: clamped(try bound(stop, registers), count, 0, count), by: by)
    }
    return stride(
      from: clamped(try bound(start, registers), count - 1, -1, count - 1),
      to: clamped(try bound(stop, registers), -1, -1, count - 1), by: by)
  }

  private func bound(_ register: Int?, _ registers: Registers) throws -> Int? {
    guard let register else { return nil }
    if case .none = registers[register] { return nil }
    guard let value = registers[register].integer else {
      throw Problem.value(.sliceBound(registers[register].kindName))
    }
    // Anything beyond half the range means "to the end" and must not overflow when shifted.
    return min(max(value, -(1 << 61)), 1 << 61)
  }

  func tensorIndices(_ site: IndexSite, _ registers: Registers) throws -> [TensorIndex] {
    var indices: [TensorIndex] = []
    indices.reserveCapacity(site.items.count)
    for (offset, item) in site.items.enumerated() {
      switch item {
      case .ellipsis: indices.append(.ellipsis)
      case .slice(let start, let stop, let step):
        indices.append(
          .slice(
            start: try bound(start, registers), stop: try bound(stop, registers),
            step: try bound(step, registers)))
      case .value(let register):
        switch registers[register] {
        case .int(let value): indices.append(.integer(value))
        case .none: indices.append(.newAxis)
        case .tuple(let parts) where site.items.count == 1:
          for part in parts { indices.append(try tensorIndex(part, site.ranges[offset])) }
        case let value: indices.append(try tensorIndex(value, site.ranges[offset]))
        }
      }
    }
    return indices
  }

  private func tensorIndex(_ value: Value, _ range: SourceRange) throws -> TensorIndex {
    switch value {
    case .none: return .newAxis
    case .list(let items) where items.isEmpty: return .tensor(Tensor([Int](), shape: nil))
    case .bool(let value): return .tensor(Tensor(.bool(value)))
    default: break
    }
    if let integer = value.integer {
      if case .scalar(.bool(let flag)) = value { return .tensor(Tensor(.bool(flag))) }
      return .integer(integer)
    }
    guard let tensor = try value.tensor(), !tensor.dtype.isFloat else {
      throw Diagnostic.error(.value(.notAnIndex(value.kindName, of: "tensor")), at: range)
    }
    return .tensor(tensor)
  }

  func setIndex(
    _ owner: Registers, _ site: IndexSite, _ value: Value, _ registers: Registers
  ) throws {
    switch owner.pointee {
    case .tensor:
      let indices = try tensorIndices(site, registers)
      guard let operand = try value.operand() else {
        throw Problem.value(.notStorable(value.kindName))
      }
      try Self.assign(owner, indices, operand)
    case .list:
      guard let place = try place(site, registers, count: Self.listCount(owner), of: "list") else {
        throw Problem.value(.listAssignment)
      }
      try Nesting.check(value)
      Self.assign(owner, place, value)
    default: throw Problem.value(.notIndexAssignable(owner.pointee.kindName))
    }
  }

  /// The tensor is taken out of its register, so that one that is held once changes in place.
  private static func assign(_ owner: Registers, _ indices: [TensorIndex], _ value: Operand)
    throws
  {
    guard case .tensor(var tensor) = owner.move() else {
      owner.initialize(to: .none)
      return
    }
    defer { owner.initialize(to: .tensor(tensor)) }
    try tensor.assign(indices, value)
  }

  private static func listCount(_ owner: Registers) -> Int {
    if case .list(let items) = owner.pointee { return items.count }
    return 0
  }

  private static func assign(_ owner: Registers, _ place: Int, _ value: Value) {
    guard case .list(var items) = owner.move() else {
      owner.initialize(to: .none)
      return
    }
    items[place] = value
    owner.initialize(to: .list(items))
  }

  // MARK: Formatting

  func formatted(_ value: Value, _ specification: Value, _ operation: Operation) throws -> String {
    let spec = specification.text
    if operation == .formatRepr { return try PythonFormat.format(.string(value.itemText), spec) }
    if operation == .formatText { return try PythonFormat.format(.string(value.text), spec) }
    switch value {
    case .bool, .int, .float, .scalar, .string:
      return try PythonFormat.format(value.formatArgument, spec)
    default:
      guard spec.isEmpty else { throw Problem.value(.cannotFormat(value.kindName, spec: spec)) }
      return value.text
    }
  }
}
