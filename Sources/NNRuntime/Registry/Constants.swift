import NNLanguage
import NNTensor

/// A predefined name that is no function: what it holds, and what the help says of it.
package struct RegistryConstant: Sendable {
  package let name: String
  let value: Value
  package let summary: String
  package let example: String
}

extension Registry {
  package static let constants: [RegistryConstant] =
    [
      RegistryConstant(
        name: "pi", value: .float(.pi),
        summary: "the circumference of a circle over its diameter, 3.14159…",
        example: "print pi, sin(pi / 2)"),
      RegistryConstant(
        name: "e", value: .float(2.718281828459045),
        summary: "the base of the natural logarithm, 2.71828…",
        example: "print e, log(e)"),
      RegistryConstant(
        name: "inf", value: .float(.infinity),
        summary: "infinity: larger than every number; what 1 / 0 gives in a tensor",
        example: "print inf > 1e308, -inf\nprint ones(2) / [0, 2]"),
      RegistryConstant(
        name: "nan", value: .float(.nan),
        summary: "not a number: what 0 / 0 gives in a tensor; equal to nothing, not to itself",
        example: "print nan == nan, isnan(nan)\nprint zeros(2) / [0, 1]"),
    ] + DType.allCases.map(dtype)

  private static func dtype(_ dtype: DType) -> RegistryConstant {
    let name = dtype.name
    let (summary, example) =
      switch dtype {
      case .bool:
        ("the dtype of comparisons: false or true", "print [1, 0, 2].astype(bool)")
      case .uint8:
        (
          "the dtype of whole numbers from 0 to 255, as pictures have; results wrap around",
          "x = array([250, 10], dtype=uint8)\nprint x, x + x"
        )
      case .int64:
        (
          "the dtype of whole numbers, 64 bits with sign; results in tensors wrap around",
          "print zeros(3, dtype=int64), [1, 2].dtype"
        )
      case .float32:
        (
          "the dtype of numbers with about 7 digits: half the memory, and faster",
          "print array([0.1, 0.2], dtype=float32).sum()"
        )
      case .float64:
        (
          "the dtype of numbers with about 16 digits: what nn computes in unless it is told",
          "print array([1, 2], dtype=float64), [0.5].dtype"
        )
      }
    return RegistryConstant(
      name: name, value: .dtype(dtype), summary: summary, example: example)
  }
}
