/// How a thing is written, for messages and the help.
extension Signature {
  /// `train net on x, y`, `exp(x)`, `dense units [activation]`; options are left out.
  package var usage: String {
    switch kind {
    case .function: callUsage
    case .command, .layer:
      ([name] + clauses.map(\.usage).filter { !$0.isEmpty }).joined(separator: " ")
    }
  }

  /// `train(net, x, y)`
  package var callUsage: String {
    let operands = clauses.flatMap(\.parameters).map { $0.isRequired ? $0.name : $0.optionalUsage }
    return "\(name)(\(operands.joined(separator: ", ")))"
  }
}

extension Clause {
  fileprivate var usage: String {
    let words = parameters.map { $0.isRequired ? $0.name : $0.optionalUsage }
    let text = [word, words.isEmpty ? nil : words.joined(separator: ", ")]
      .compactMap { $0 }.joined(separator: " ")
    return isOptional && !text.isEmpty ? "[\(text)]" : text
  }
}

extension SignatureParameter {
  fileprivate var optionalUsage: String { form == .variadic ? "\(name), …" : "[\(name)]" }
}
