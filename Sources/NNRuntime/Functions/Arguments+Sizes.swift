import NNLanguage
import NNSource
import NNTensor

extension SignatureParameter {
  /// NumPy's name for the tensor a function works on.
  static let a = SignatureParameter("a", "tensor", help: "a tensor, a number or a list of numbers")
  static let shape = SignatureParameter(
    "shape", "shape", help: "a length, or a length for each axis in brackets: (2, 3) is 2 rows of 3"
  )
  static let size = SignatureParameter(
    "size", "shape", standard: "none",
    help: "how many to draw: a number, or a shape in brackets; none draws a "
      + "single one")
  /// Sizes one by one, or all of them in one tuple.
  static let sizes = SignatureParameter(
    "shape", "shape", form: .variadic,
    help: "the length of each axis, one by one or in one tuple: 2, 3 or (2, 3)")
}

/// Readers for the ways functions take sizes, axes and parts.
extension Arguments {
  /// Integers given one by one or in one tuple: `reshape(x, 2, 3)`, `reshape(x, (2, 3))`.
  func restIntegers() throws -> [Int] {
    if restCount == 1 { return try integers(fixedCount) }
    return try (0..<restCount).map { try int(fixedCount + $0) }
  }

  /// A shape given as sizes one by one or as a tuple; none of them negative.
  func restShape() throws -> Shape {
    let sizes = try restIntegers()
    if let negative = sizes.first(where: { $0 < 0 }) {
      throw Diagnostic.error(
        .call(.negativeSize(callee: signature.name, size: negative)), at: range)
    }
    return Shape(sizes)
  }

  /// The shape after which nothing but a dtype may follow; a second size is told from a dtype.
  func dtypeAfterShape(_ index: Int, default standard: DType?) throws -> DType? {
    if isSome(index), values[index].integer != nil, values[0].integer != nil {
      throw failure(index, .call(.function(.sizesNotInTuple(callee: signature.name))))
    }
    return try dtype(index, default: standard)
  }

  /// `size=`: nil for one number.
  func optionalShape(_ index: Int) throws -> Shape? {
    isSome(index) ? try shape(index) : nil
  }

  /// The tensors to be joined: a list's, a tuple's, or the rows of one tensor.
  func parts(_ index: Int) throws -> [Tensor] {
    guard let items = try at(index, { try values[index].items() }) else {
      throw wrongType(index)
    }
    return try items.map { item in
      guard let tensor = try at(index, { try item.tensor() }) else {
        throw wrongType(
          item, at: ranges[index], name: parameterName(index), expected: "tensors")
      }
      return tensor
    }
  }

  /// `body`, its problem put at the axis where one was given, since that is what can be wrong.
  func atAxis<T>(_ index: Int, _ body: () throws -> T) throws -> T {
    isSome(index) ? try at(index, body) : try body()
  }

  /// A choice among the parameter's words.
  func choice(_ index: Int, default standard: String) throws -> String {
    guard let word = try optionalString(index) else { return standard }
    let known = parameter(index)?.words ?? []
    guard known.contains(word) else {
      throw failure(
        index,
        .call(
          .badChoice(
            callee: signature.name, parameter: parameterName(index), found: word, known: known)))
    }
    return word
  }

  /// An integer that must lie in a range.
  func int(_ index: Int, in allowed: ClosedRange<Int>, default standard: Int, _ expected: String)
    throws -> Int
  {
    guard isSome(index) else { return standard }
    let value = try int(index)
    guard allowed.contains(value) else {
      throw failure(
        index,
        .call(
          .outOfRange(
            callee: signature.name, parameter: parameterName(index), found: "\(value)",
            expected: expected)))
    }
    return value
  }
}
