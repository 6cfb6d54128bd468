/// How a thing is written, for messages and the help.
extension Signature {
  /// `train net on x, y`, `exp(x)`, `dense units [activation]`; options are left out.
  package var usage: String {
    if let first = forms.first { return first }
    return switch kind {
    case .function: callUsage
    case .command: join(clauses.map { $0.usage(separator: ", ") })
    case .layer: join(clauses.map { $0.usage(separator: " ") })
    }
  }

  /// `train net on x, y option=value …`, with what may be left out in brackets.
  package var commandUsage: String {
    let isLayer = kind == .layer
    let optional = isLayer ? options.map { "[\($0.name)=…]" } : ["[option=value …]"]
    return options.isEmpty ? usage : ([usage] + optional).joined(separator: " ")
  }

  /// `sum(a, axis=none, keepdims=false)`: a call with every default, all options of a command
  /// summed up.
  package var fullCallUsage: String {
    var parts = clauses.flatMap(\.parameters).map(\.callUsage)
    if kind == .function {
      parts += options.map(\.callUsage)
    } else if !options.isEmpty {
      parts.append("option=value …")
    }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  /// `sum(a, …)`: what must be given.
  package var briefUsage: String {
    guard kind == .function else { return usage }
    let all = clauses.flatMap(\.parameters)
    let required = all.filter(\.isRequired).map(\.name)
    let parts = required.count < all.count ? required + ["…"] : required
    return "\(name)(\(parts.joined(separator: ", ")))"
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
    let words = parameters.map { parameter in
      let isPlain = parameter.isRequired || isOptional && parameter.form != .variadic
      return isPlain ? parameter.name : parameter.optionalUsage
    }
    let text = [word, words.isEmpty ? nil : words.joined(separator: separator)]
      .compactMap { $0 }.joined(separator: " ")
    return isOptional && !text.isEmpty ? "[\(text)]" : text
  }
}

extension SignatureParameter {
  fileprivate var callUsage: String {
    if form == .variadic { return "\(name), …" }
    guard let standard, form != .binding else { return isRequired ? name : "[\(name)]" }
    return "\(name)=\(standard)"
  }

  fileprivate var optionalUsage: String { form == .variadic ? "\(name), …" : "[\(name)]" }
}
