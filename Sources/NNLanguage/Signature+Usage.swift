/// How a thing is written, for messages and the help.
extension Signature {
  /// `train net on x, y`, `exp(x)`, `dense units [activation]`; options are left out.
  package var usage: String {
    switch kind {
    case .function: callUsage
    case .command: join(clauses.map { $0.usage(separator: ", ") })
    case .layer: join(clauses.map { $0.usage(separator: " ") })
    }
  }

  private func join(_ parts: [String]) -> String {
    ([name] + parts.filter { !$0.isEmpty }).joined(separator: " ")
  }

  /// `train(net, x, y)`
  package var callUsage: String {
    let operands = clauses.flatMap(\.parameters).map { $0.isRequired ? $0.name : $0.optionalUsage }
    return "\(name)(\(operands.joined(separator: ", ")))"
  }
}

extension Clause {
  fileprivate func usage(separator: String) -> String {
    let words = parameters.map { $0.isRequired ? $0.name : $0.optionalUsage }
    let text = [word, words.isEmpty ? nil : words.joined(separator: separator)]
      .compactMap { $0 }.joined(separator: " ")
    return isOptional && !text.isEmpty ? "[\(text)]" : text
  }
}

extension SignatureParameter {
  fileprivate var optionalUsage: String { form == .variadic ? "\(name), …" : "[\(name)]" }
}
