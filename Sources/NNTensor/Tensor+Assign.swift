import CNNKernels
import NNSource

/// Writing by index. The tensor's elements become its own first, so that no other value changes.

extension Tensor {
  /// `x[items] = value`, broadcasting the value. A float that is not whole into integers is a problem;
  /// otherwise values are cast as by `astype`.
  package mutating func assign(_ items: [TensorIndex], _ value: Operand) throws {
    let value = try value.storable(in: dtype)
    let items = items.simplified
    try takeUnique()
    if case .scalar(let number) = value, let offset = try offset(of: items) {
      number.store(data + offset * dtype.itemSize)
      return
    }
    if case .tensor(let tensor) = value, tensor.rank > 0, try offset(of: items) != nil {
      // One element takes a number, not a tensor that holds one.
      throw Problem.tensor(.cannotAssign(value: tensor.shape.array, target: []))
    }
    if try fillMasked(items, value) { return }
    try write(items, value)
  }

  private func write(_ items: [TensorIndex], _ value: Operand) throws {
    if items.isSmall(for: self) {
      try write(try IndexPlan<SmallShape>(items, of: self), value)
    } else {
      try write(try IndexPlan<Shape>(items, of: self), value)
    }
  }

  /// `x[items] op= value`. An element named twice is changed once, as in NumPy.
  package mutating func update(
    _ items: [TensorIndex], _ op: BinaryOperation, _ value: Operand
  ) throws {
    if !value.isTensor, let offset = try offset(of: items) {
      try assign(items, .scalar(try Scalar.binary(op, .scalar(load(offset)), value)))
    } else {
      try assign(items, .tensor(try combined(items, op, value)))
    }
  }

  private func combined(
    _ items: [TensorIndex], _ op: BinaryOperation, _ value: Operand
  ) throws -> Tensor {
    try Tensor.binary(op, .tensor(try indexed(items)), value)
  }

  /// `x[place…] = value`: one element. The same as `assign` with integers, but quick.
  package mutating func setElement(_ places: [Int], _ value: Operand) throws {
    let value = try value.storable(in: dtype)
    try takeUnique()
    guard case .scalar(let number) = value, places.count == rank else {
      try write(places.map(TensorIndex.integer), value)
      return
    }
    number.store(data + (try offset(of: places)) * dtype.itemSize)
  }

  /// Where the one element stands that integers for all axes name; nil for other indices.
  private func offset(of items: [TensorIndex]) throws -> Int? {
    let header = header
    let layout = header.pointee.layout.small
    guard header.pointee.layout.isSmall, items.count == layout.rank else { return nil }
    var offset = 0
    for axis in 0..<items.count {
      guard case .integer(let place) = items[axis] else { return nil }
      offset += try self.place(place, axis, layout.shape[axis]) * layout.strides[axis]
    }
    return offset
  }

  /// A number where a mask of the same shape is true. False when the index or the value is another.
  private mutating func fillMasked(_ items: [TensorIndex], _ value: Operand) throws -> Bool {
    guard items.count == 1, case .tensor(let mask) = items[0], mask.dtype == .bool,
      mask.shape == shape, case .scalar(let number) = value
    else { return false }
    let flags = try mask.compacted()
    var room = UInt64(0)
    number.store(&room)
    nn_fill_masked(
      data, dtype.itemSize, flags.data.assumingMemoryBound(to: UInt8.self), &room, count)
    withExtendedLifetime(flags) {}
    return true
  }

  private func write<S: AxisList>(_ plan: IndexPlan<S>, _ value: Operand) throws {
    switch value {
    case .tensor(let tensor):
      let shape = plan.resultShape
      let fitted = try tensor.fitted(to: shape)
      if let places = plan.places {
        let values = try fitted.broadcast(to: shape).converted(to: dtype)
        scatter(plan, places, values.data, step: 1)
        withExtendedLifetime(values) {}
      } else {
        // Its axes are no more than the plan's.
        spread(plan, OperandSource<S>(fitted))
        withExtendedLifetime(fitted) {}
      }
    case .scalar:
      value.withSource(dtype) { (source: OperandSource<S>) in
        if let places = plan.places {
          scatter(plan, places, source.data, step: 0)
        } else {
          spread(plan, source)
        }
      }
    default: break
    }
  }

  private func spread<S: AxisList>(_ plan: IndexPlan<S>, _ source: OperandSource<S>) {
    source.shape.repeated(source.strides, over: plan.shape).withPointer { steps in
      plan.shape.withPointer { shape in
        plan.strides.withPointer { strides in
          nn_assign(
            data + plan.offset * dtype.itemSize, strides, Int32(dtype.rawValue),
            source.elements(steps), shape, Int32(plan.shape.count))
        }
      }
    }
  }

  private func scatter<S: AxisList>(
    _ plan: IndexPlan<S>, _ places: Tensor, _ values: UnsafeRawPointer, step: Int
  ) {
    plan.withAxes { outer, inner in
      nn_scatter(
        data + plan.offset * dtype.itemSize, dtype.itemSize,
        places.data.assumingMemoryBound(to: Int64.self), places.count, outer, inner, values, step)
    }
    withExtendedLifetime(places) {}
  }

  /// The value of an assignment to `shape`: axes of length 1 in front may be too many.
  private func fitted(to shape: Shape) throws -> Tensor {
    let surplus = rank - shape.count
    let trimmed =
      surplus > 0 && self.shape[..<surplus].allSatisfy { $0 == 1 }
      ? view(Shape(self.shape.dropFirst(surplus)), Shape(strides.dropFirst(surplus))) : self
    let lead = shape.count - trimmed.rank
    guard lead >= 0,
      trimmed.shape.indices.allSatisfy({
        trimmed.shape[$0] == shape[$0 + lead] || trimmed.shape[$0] == 1
      })
    else {
      throw Problem.tensor(.cannotAssign(value: self.shape.array, target: shape.array))
    }
    return trimmed
  }
}

extension Operand {
  /// The value as a tensor of `type` may hold it: a tensor, or a scalar of that type. Throws when a
  /// float that is not whole would go into integers, or a number does not fit.
  func storable(in type: DType) throws -> Operand {
    switch self {
    case .tensor(let tensor):
      if !type.isFloat, tensor.dtype.isFloat { try tensor.checkWhole(type) }
      return self
    case .weakInt(let value):
      try checkFits(type)
      return .scalar(Scalar.int64(Int64(value)).cast(to: type))
    case .weakBool(let value): return .scalar(Scalar.bool(value).cast(to: type))
    case .weakFloat(let value): return try Operand.scalar(.float64(value)).storable(in: type)
    case .scalar(let value):
      if !type.isFloat, value.dtype.isFloat { try Tensor(value).checkWhole(type) }
      return .scalar(value.cast(to: type))
    }
  }
}

extension Tensor {
  /// Throws unless every float is a whole number that `type` holds.
  fileprivate func checkWhole(_ type: DType) throws {
    let floats = try compacted()
    let (low, high) = type == .uint8 ? (0, 255) : (-0x1p63, 0x1.fffffffffffffp62)
    let place = nn_find_broken(
      Int32(dtype.rawValue), floats.data, low, high, floats.count)
    guard place >= 0 else { return }
    throw Problem.tensor(.notWhole(value: floats[flat: place].double, dtype: type.name))
  }
}
