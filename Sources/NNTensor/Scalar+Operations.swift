import CNNKernels
import NNSource

/// Arithmetic on single elements, with the types and bits it has in tensors, but without making one.

extension Scalar {
  /// `Tensor.binary` of two numbers.
  package static func binary(_ op: BinaryOperation, _ a: Operand, _ b: Operand) throws -> Scalar {
    guard let type = op.computedType(Tensor.promotedType(a, b)), type != .uint8, !a.isTensor,
      !b.isTensor
    else {
      // What is left is rare, or a problem to be worded there.
      return try Tensor.binary(op, a, b)[flat: 0]
    }
    var x = UInt64(0)
    var y = UInt64(0)
    var result = UInt64(0)
    a.store(type, &x)
    b.store(type, &y)
    let status = nn_binary_row(
      Int32(op.rawValue), Int32(type.rawValue), &result, &x, 0, &y, 0, 1)
    guard status == Int32(NN_OK) else { throw Problem.tensor(.negativePower) }
    return Scalar(&result, op.isComparison ? .bool : type)
  }

  /// `Tensor.unary` of one number.
  package static func unary(_ op: UnaryOperation, _ a: Scalar) throws -> Scalar {
    guard let type = op.computedType(a.dtype) else {
      throw Problem.tensor(.unsupportedTypes(operation: op.symbol, dtypes: [a.dtype.name]))
    }
    var x = UInt64(0)
    var result = UInt64(0)
    a.cast(to: type).store(&x)
    nn_unary_row(Int32(op.rawValue), Int32(type.rawValue), &result, &x, 1)
    return Scalar(&result, op.givesBool ? .bool : type)
  }
}
