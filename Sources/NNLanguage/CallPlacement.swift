import NNSource

/// The arguments of a call of a built-in, each at its parameter. What does not fit is told as the
/// run would tell it.
struct CallPlacement {
  private(set) var fixed: [String: Expression] = [:]
  /// Of the variadic parameter.
  private(set) var rest: [Expression] = []

  /// `name` is the callee's place.
  init(
    _ arguments: [Argument], of signature: Signature, name: SourceRange
  ) throws(Diagnostic) {
    let parameters = signature.parameters
    try place(arguments.filter { $0.name == nil }, parameters, signature)
    for argument in arguments {
      guard let keyword = argument.name else { continue }
      guard let parameter = parameters.first(where: { $0.name == keyword.text }) else {
        throw .error(
          .call(
            .unknownOption(
              callee: signature.name, option: keyword.text,
              known: parameters.filter { $0.form != .variadic }.map(\.name), isCommand: false)),
          at: keyword.range)
      }
      guard parameter.form != .variadic else {
        rest.append(argument.value)
        continue
      }
      guard fixed[keyword.text] == nil else {
        throw .error(
          .call(.givenTwice(callee: signature.name, parameter: keyword.text)), at: keyword.range)
      }
      fixed[keyword.text] = argument.value
    }
    for parameter in parameters where parameter.isRequired && fixed[parameter.name] == nil {
      throw .error(
        .call(.missing(callee: signature.name, parameter: parameter.name)), at: name)
    }
  }

  /// Those given by place; a variadic parameter takes all that is left.
  private mutating func place(
    _ arguments: [Argument], _ parameters: [SignatureParameter], _ signature: Signature
  ) throws(Diagnostic) {
    var next = 0
    for argument in arguments {
      guard next < parameters.count else {
        throw .error(
          .call(
            .tooMany(callee: signature.name, most: parameters.count, given: arguments.count)),
          at: argument.value.range)
      }
      guard parameters[next].form != .variadic else {
        rest.append(argument.value)
        continue
      }
      fixed[parameters[next].name] = argument.value
      next += 1
    }
  }
}
