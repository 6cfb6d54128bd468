import CNNKernels
import NNSource

/// Elementwise functions of one operand.

extension Tensor {
  package static func unary(_ op: UnaryOperation, _ a: Tensor) throws -> Tensor {
    guard let type = op.computedType(a.dtype) else {
      throw Problem.tensor(.unsupportedTypes(operation: op.symbol, dtypes: [a.dtype.name]))
    }
    return try a.mapped(Int32(op.rawValue), type, op.givesBool ? .bool : type)
  }

  /// The same function of a single float64, by the same kernel but without a tensor for it; nil
  /// where the result is a bool or the function takes no floats.
  package static func unary(_ op: UnaryOperation, _ x: Double) -> Double? {
    guard !op.givesBool, op.computedType(.float64) != nil else { return nil }
    var (argument, result) = (x, 0.0)
    nn_unary_row(Int32(op.rawValue), Int32(DType.float64.rawValue), &result, &argument, 1)
    return result
  }

  /// The kernel `code` over every element, computed in `type`.
  private func mapped(_ code: Int32, _ type: DType, _ resultType: DType) throws -> Tensor {
    let header = header
    if header.pointee.isDense, header.pointee.dtype == type {
      let result = try TensorStorage.make(resultType, like: header)
      try Allowance.check(
        nn_unary_row(
          code, Int32(type.rawValue), result.pointer.pointee.data, header.pointee.data,
          header.pointee.count))
      withExtendedLifetime(self) {}
      return Tensor(result)
    }
    let result = try TensorStorage.make(
      resultType, header.pointee.layout.compact, header.pointee.count)
    let status = withKernelElements { elements in
      header.withLayout { shape, _ in
        nn_unary(
          code, Int32(type.rawValue), result.pointer.pointee.data, elements, shape, Int32(rank))
      }
    }
    try Allowance.check(status)
    return Tensor(result)
  }

  /// `numpy.round`: to an even digit when halfway, by way of a product with 10 ** decimals; integers
  /// stay integers.
  package func rounded(decimals: Int) throws -> Tensor {
    if dtype == .uint8 || dtype == .int64, decimals >= 0 { return self }
    let type = dtype.floating
    let rint = Int32(NN_RINT)
    if decimals == 0 { return try mapped(rint, type, type) }
    let power = Operand.weakFloat(Self.powerOfTen(decimals.magnitude))
    let (there, back): (BinaryOperation, BinaryOperation) =
      decimals > 0 ? (.multiply, .divide) : (.divide, .multiply)
    let scaled = try Tensor.binary(there, .tensor(try converted(to: type)), power)
    let whole = try scaled.mapped(rint, type, type)
    let result = try Tensor.binary(back, .tensor(whole), power)
    return dtype.isInteger ? try result.converted(to: dtype) : result
  }

  /// Correctly rounded; infinite beyond 308.
  private static func powerOfTen(_ exponent: UInt) -> Double {
    exponent > 308 ? .infinity : Double("1e\(exponent)") ?? .infinity
  }
}
