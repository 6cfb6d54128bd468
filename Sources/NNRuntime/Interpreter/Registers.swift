import NNTensor

/// Registers are values side by side in the interpreter's memory. They are read, moved and written
/// where they stand: copying a value out counts a reference, and a value that is counted twice
/// cannot be changed in place.
///
/// The payload stands first in a value, a reference or a number as it is; the kind is the byte behind
/// it. `Registers.isLayoutKnown` makes sure of that once.
typealias Registers = UnsafeMutablePointer<Value>

/// What a register holds, as a value's last byte tells it.
struct RegisterKind: Equatable {
  let byte: UInt8

  static let bool = RegisterKind(byte: 0)
  static let int = RegisterKind(byte: 1)
  static let float = RegisterKind(byte: 2)
  static let scalar = RegisterKind(byte: 3)
  static let tensor = RegisterKind(byte: 5)
  static let list = RegisterKind(byte: 6)
  static let tuple = RegisterKind(byte: 7)
  static let dtype = RegisterKind(byte: 9)
  static let function = RegisterKind(byte: 10)
  /// None, or absent.
  static let empty = RegisterKind(byte: 13)

  /// Whether letting go of such a value takes nothing: `bool int float scalar dtype empty`.
  @inline(__always) var isPlain: Bool { 0b10_0010_0000_1111 >> UInt32(byte) & 1 == 1 }
}

extension UnsafeMutablePointer<Value> {
  @inline(__always) private static var kindOffset: Int { 16 }

  @inline(__always) var kind: RegisterKind {
    RegisterKind(byte: UnsafeRawPointer(self).load(fromByteOffset: Self.kindOffset, as: UInt8.self))
  }

  @inline(__always) private func payload<T>(_: T.Type) -> UnsafeMutablePointer<T> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: T.self)
  }

  /// Whether letting go of the value takes nothing.
  @inline(__always) var isPlain: Bool { kind.isPlain }

  @inline(__always) var isAbsent: Bool {
    guard kind == .empty, case .absent = pointee else { return false }
    return true
  }

  /// The number of a register of kind `int`.
  @inline(__always) var int: Int { payload(Int.self).pointee }

  /// The number as a float64, and whether it is a plain one; nil for what is neither a plain number
  /// nor a float64.
  @inline(__always) var double: (value: Double, isPlain: Bool)? {
    switch kind {
    case .float: (payload(Double.self).pointee, true)
    case .int: (Double(int), true)
    case .scalar: float64.map { ($0, false) }
    default: nil
    }
  }

  /// The number of a register of kind `scalar` when it is a float64.
  @inline(__always) private var float64: Double? {
    let kind = UnsafeRawPointer(self).load(fromByteOffset: 8, as: UInt8.self)
    return kind == 4 ? payload(Double.self).pointee : nil
  }

  /// The storage of a register's tensor, in place.
  @inline(__always) var storage: UnsafeMutablePointer<TensorStorage>? {
    kind == .tensor ? payload(TensorStorage.self) : nil
  }

  /// The items of a list or a tuple, in place.
  @inline(__always) var items: UnsafeMutablePointer<[Value]>? {
    kind == .list || kind == .tuple ? payload([Value].self) : nil
  }

  /// The closure of a register's function; nil for anything else.
  @inline(__always) var closure: Unmanaged<FunctionValue>? {
    guard kind == .function else { return nil }
    let function = UnsafeRawPointer(self).load(as: Unmanaged<FunctionValue>.self)
    return function._withUnsafeGuaranteedRef { $0.code == nil } ? nil : function
  }

  /// The value, which leaves the register.
  @inline(__always) func take() -> Value {
    let value = move()
    initialize(to: .none)
    return value
  }

  /// Moves the value of another register here, over one that holds nothing to let go of.
  @inline(__always) func take(from place: Registers) {
    moveInitialize(from: place, count: 1)
    place.initialize(to: .none)
  }

  /// Whether values lie in memory as the readers above take them to.
  static var isLayoutKnown: Bool {
    let tensor = Tensor(.float64(0))
    let (items, function) = ([Value.none], FunctionValue(.derivative(.tanh)))
    let (reference, itemsReference) = (
      unsafeBitCast(tensor, to: UInt.self), unsafeBitCast(items, to: UInt.self)
    )
    let samples: [(Value, RegisterKind, UInt?)] = [
      (.bool(true), .bool, nil), (.int(-7), .int, UInt(bitPattern: -7)),
      (.float(0.1), .float, UInt((0.1).bitPattern)),
      (.scalar(.float64(0.1)), .scalar, UInt((0.1).bitPattern)),
      (.tensor(tensor), .tensor, reference),
      (.list(items), .list, itemsReference), (.tuple(items), .tuple, itemsReference),
      (.dtype(.float64), .dtype, nil),
      (.function(function), .function, unsafeBitCast(function, to: UInt.self)),
      (.none, .empty, nil), (.absent, .empty, nil),
    ]
    let others: [Value] = [
      .string("a"), .string("a string too long to stand in the value itself"),
      .range(RangeValue(start: 0, stop: 1, step: 1)), .record(RecordValue(kind: "", fields: [])),
    ]
    let scalars: [Scalar] = [.bool(true), .uint8(1), .int64(1), .float32(1)]
    let place = Registers.allocate(capacity: 1)
    defer { place.deallocate() }
    func holds(_ value: Value, _ test: (Registers) -> Bool) -> Bool {
      place.initialize(to: value)
      defer { place.deinitialize(count: 1) }
      return test(place)
    }
    return MemoryLayout<Value>.size == kindOffset + 1
      && samples.allSatisfy { value, kind, word in
        holds(value) {
          $0.kind == kind && (word == nil || UnsafeRawPointer($0).load(as: UInt.self) == word)
        }
      }
      && others.allSatisfy { holds($0) { !$0.isPlain && $0.storage == nil && $0.items == nil } }
      && scalars.allSatisfy { holds(.scalar($0)) { $0.kind == .scalar && $0.double == nil } }
      && holds(.scalar(.float64(2))) { $0.double?.value == 2 }
  }
}

extension Interpreter {
  /// Writes a register; a tensor that stood there may be used again.
  @inline(__always) func put(_ value: consuming Value, in place: Registers) {
    if !place.isPlain { letGo(place) }
    place.initialize(to: value)
  }

  /// Copies a value into a register.
  @inline(__always) func copy(_ source: UnsafePointer<Value>, to place: Registers) {
    guard Registers(mutating: source).isPlain else {
      put(source.pointee, in: place)
      return
    }
    if !place.isPlain { letGo(place) }
    UnsafeMutableRawPointer(place).copyMemory(
      from: source, byteCount: MemoryLayout<Value>.size)
  }

  /// Moves a value from one register to another.
  @inline(__always) func move(_ source: Registers, to place: Registers) {
    if !place.isPlain { letGo(place) }
    place.take(from: source)
  }

  /// Empties a register.
  @inline(__always) func clear(_ place: Registers) {
    guard !place.isPlain else { return }
    letGo(place)
    place.initialize(to: .none)
  }

  /// Empties a register, which is then to be initialised.
  @inline(never) private func letGo(_ place: Registers) {
    if let storage = place.storage {
      pool.recycle(storage)
    } else {
      place.deinitialize(count: 1)
    }
  }

  /// Empties registers.
  @inline(__always) func clear(_ first: Registers, to end: Registers) {
    var place = first
    while place < end {
      clear(place)
      place += 1
    }
  }
}
