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
    /// Whether there is nothing to put into its registers but the arguments.
    let isBare: Bool

    init(
      code: Code, captured: [(register: Int, value: Value)], selfRegister: Int?,
      defaults: [Value]
    ) {
      self.code = code
      self.captured = captured
      self.selfRegister = selfRegister
      self.defaults = defaults
      isBare = captured.isEmpty && selfRegister == nil
    }
  }

  let kind: Kind

  init(_ kind: Kind) { self.kind = kind }

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
