import NNNetwork

/// A function as a value: a `def` or `lambda` with what it captured, or a built-in.
package final class FunctionValue: @unchecked Sendable {
  enum Kind {
    case closure(Closure)
    case builtin(RegistryEntry)
    case derivative(Activation)
  }

  struct Closure {
    let code: Code
    let captured: [(register: Int, value: Value)]
    let selfRegister: Int?
    /// The values of the last parameters, those with a default.
    let defaults: [Value]
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
