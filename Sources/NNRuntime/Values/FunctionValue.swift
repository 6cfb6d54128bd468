import NNNetwork

/// A function as a value: a `def` or `lambda` with what it captured, or a built-in.
package final class FunctionValue: @unchecked Sendable {
  enum Kind {
    case closure(Closure)
    case builtin(RegistryEntry)
    case derivative(Activation)
  }

  /// What a `def` or `lambda` is made of. A class, so that a call reads it where it is.
  final class Closure {
    let code: Code
    let captured: [(register: Int, value: Value)]
    let selfRegister: Int?
    /// The values of the last parameters, those with a default.
    let defaults: [Value]

    init(
      code: Code, captured: [(register: Int, value: Value)], selfRegister: Int?,
      defaults: [Value]
    ) {
      self.code = code
      self.captured = captured
      self.selfRegister = selfRegister
      self.defaults = defaults
    }
  }

  let kind: Kind
  /// A closure's code, which the closure keeps, and whether its registers want more than the
  /// arguments: what every call reads, without counting references.
  let code: Unmanaged<Code>?
  let isBare: Bool

  init(_ kind: Kind) {
    self.kind = kind
    if case .closure(let closure) = kind {
      code = .passUnretained(closure.code)
      isBare = closure.captured.isEmpty && closure.selfRegister == nil
    } else {
      (code, isBare) = (nil, true)
    }
  }

  package var name: String {
    switch kind {
    case .closure(let closure): closure.code.name
    case .builtin(let entry): entry.signature.name
    case .derivative(let activation): "\(activation.rawValue).derivative"
    }
  }

  var builtinName: String? {
    if case .builtin(let entry) = kind { return entry.signature.name }
    return nil
  }

  /// `relu.derivative`
  var derivative: FunctionValue? {
    guard case .builtin(let entry) = kind,
      let activation = Activation(rawValue: entry.signature.name), activation != .softmax
    else { return nil }
    return FunctionValue(.derivative(activation))
  }
}
