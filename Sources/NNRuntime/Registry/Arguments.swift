import NNLanguage
import NNNetwork
import NNSource
import NNTensor

/// What a registry entry is called with: one value a fixed parameter, in the order of
/// `signature.parameters` without the variadic one, `.absent` where none was given; then the
/// variadic parameter's values. It reads the interpreter's registers in place, holds no reference
/// of its own, and is valid only during the call.
///
/// Each reader names the parameter by its index, converts, and fails with the parameter's name at
/// the argument's own place.
package struct Arguments {
  unowned(unsafe) package let interpreter: Interpreter
  unowned(unsafe) let entry: RegistryEntry
  unowned(unsafe) let site: CallSite
  let values: UnsafeMutableBufferPointer<Value>

  package var signature: Signature { entry.signature }
  var fixedCount: Int { site.fixedCount }
  /// The range of each value, in the order of `values`.
  var ranges: [SourceRange] { site.ranges }
  /// The whole call's.
  package var range: SourceRange { site.range }

  package func isGiven(_ index: Int) -> Bool {
    if case .absent = values[index] { return false }
    return true
  }

  /// Given, and not `none`.
  package func isSome(_ index: Int) -> Bool {
    switch values[index] {
    case .absent, .none: false
    default: true
    }
  }

  /// It is a string written out in the program, not one that was computed.
  package func isLiteral(_ index: Int) -> Bool { site.literals.contains(index) }

  /// Given by its keyword, not by place.
  func isNamed(_ index: Int) -> Bool {
    let name = parameterName(index)
    return site.given.contains { $0.name == name }
  }

  package func value(_ index: Int) -> Value { values[index] }

  /// The variadic parameter's values.
  package var rest: ArraySlice<Value> { Array(values)[fixedCount...] }
  package var restCount: Int { values.count - fixedCount }
  package func rest(_ offset: Int) -> Value { values[fixedCount + offset] }
  package func restRange(_ offset: Int) -> SourceRange { ranges[fixedCount + offset] }

  /// The argument as the author spelled it: a chart's label for a series.
  package func sourceText(ofRest offset: Int) -> String {
    interpreter.sourceText(restRange(offset))
  }

  package func sourceText(_ index: Int) -> String { interpreter.sourceText(ranges[index]) }

  // MARK: Failing

  /// `problem` at the place of parameter `index`.
  package func failure(_ index: Int, _ problem: Problem) -> Diagnostic {
    .error(problem, at: ranges[index])
  }

  /// The value is of a kind that the parameter takes, and still none of what is wanted.
  package func wrongType(_ index: Int, expected: String? = nil) -> Diagnostic {
    if expected == nil, let problem = parameter(index)?.mismatch(values[index], signature.name) {
      return failure(index, problem)
    }
    return wrongType(
      values[index], at: ranges[index], name: parameterName(index),
      expected: expected ?? "another value")
  }

  func wrongType(_ value: Value, at range: SourceRange, name: String, expected: String)
    -> Diagnostic
  {
    .error(
      .call(
        .wrongType(
          callee: signature.name, parameter: name, expected: expected, found: value.described,
          hint: nil)),
      at: range)
  }

  func parameterName(_ index: Int) -> String { parameter(index)?.name ?? "" }

  /// The parameter that takes the value at `index`.
  func parameter(_ index: Int) -> SignatureParameter? {
    let parameters = signature.parameters
    let fixed = parameters.filter { $0.form != .variadic }
    return index < fixed.count ? fixed[index] : parameters.first { $0.form == .variadic }
  }

  /// Runs `body`, putting its problem at parameter `index`.
  package func at<T>(_ index: Int, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let problem as Problem {
      throw failure(index, problem)
    }
  }

  // MARK: Reading

  /// A number or a tensor; lists are stacked.
  package func operand(_ index: Int) throws -> Operand {
    guard let operand = try at(index, { try values[index].operand() }) else {
      throw wrongType(index)
    }
    return operand
  }

  /// A tensor; a number is one of rank 0, lists are stacked.
  package func tensor(_ index: Int) throws -> Tensor {
    if case .tensor(let tensor) = values[index] { return tensor }
    guard let tensor = try at(index, { try values[index].tensor() }) else {
      throw wrongType(index)
    }
    return tensor
  }

  /// The tensor of any value, for variadic ones.
  package func tensor(ofRest offset: Int) throws -> Tensor {
    let index = fixedCount + offset
    return try tensor(index)
  }

  package func int(_ index: Int) throws -> Int {
    guard let int = values[index].integer else { throw wrongType(index) }
    return int
  }

  package func int(_ index: Int, default standard: Int) throws -> Int {
    isGiven(index) ? try int(index) : standard
  }

  package func double(_ index: Int) throws -> Double {
    guard let double = values[index].double else { throw wrongType(index) }
    return double
  }

  package func double(_ index: Int, default standard: Double) throws -> Double {
    isGiven(index) ? try double(index) : standard
  }

  package func bool(_ index: Int, default standard: Bool) throws -> Bool {
    guard isGiven(index) else { return standard }
    switch values[index] {
    case .bool(let value): return value
    case .scalar(.bool(let value)): return value
    default: throw wrongType(index)
    }
  }

  package func string(_ index: Int) throws -> String {
    guard case .string(let text) = values[index] else {
      throw wrongType(index)
    }
    return text
  }

  /// A string option that may be left out or `none`.
  package func optionalString(_ index: Int) throws -> String? {
    isSome(index) ? try string(index) : nil
  }

  /// Strings, or values written as `print` writes them: labels, titles, names.
  package func strings(_ index: Int) throws -> [String] {
    switch values[index] {
    case .string(let text): return [text]
    case let value:
      guard let items = try value.items() else {
        throw wrongType(index)
      }
      return items.map(\.text)
    }
  }

  /// `axis=`: none for all.
  package func axis(_ index: Int) throws -> Int? {
    isSome(index) ? try int(index) : nil
  }

  /// `axis=`: none for all, a number or a tuple.
  package func axes(_ index: Int) throws -> [Int]? {
    isSome(index) ? try integers(index) : nil
  }

  /// An integer, or several in a tuple, list or tensor.
  package func integers(_ index: Int) throws -> [Int] {
    if let one = values[index].integer { return [one] }
    guard let items = try values[index].items() else { throw wrongType(index) }
    return try items.map { item in
      guard let int = item.integer else {
        throw wrongType(
          item, at: ranges[index], name: parameterName(index), expected: "whole numbers")
      }
      return int
    }
  }

  /// A shape: an integer or a tuple of integers, none negative.
  package func shape(_ index: Int) throws -> Shape {
    let sizes = try integers(index)
    if let negative = sizes.first(where: { $0 < 0 }) {
      throw failure(index, .call(.negativeSize(callee: signature.name, size: negative)))
    }
    return Shape(sizes)
  }

  package func dtype(_ index: Int, default standard: DType?) throws -> DType? {
    guard isSome(index) else { return standard }
    guard let dtype = values[index].dtype else {
      throw wrongType(index)
    }
    return dtype
  }

  package func function(_ index: Int) throws -> FunctionValue {
    guard case .function(let function) = values[index] else {
      throw wrongType(index)
    }
    return function
  }

  package func network(_ index: Int) throws -> NetworkValue {
    guard case .network(let network) = values[index] else {
      throw wrongType(index)
    }
    return network
  }
}
