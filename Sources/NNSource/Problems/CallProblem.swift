/// Arguments, options and operands that do not fit a function, a verb or a layer.
package enum CallProblem: Sendable, Hashable {
  case function(FunctionProblem)
  case unknownOption(callee: String, option: String, known: [String], isCommand: Bool)
  case givenTwice(callee: String, parameter: String)
  case missing(callee: String, parameter: String)
  case tooMany(callee: String, most: Int, given: Int)
  /// `hint` is the way out of a usual mistake, or what the parameter is.
  case wrongType(
    callee: String, parameter: String, expected: String, found: String, hint: String? = nil)
  /// A word or number that is none of those a parameter takes.
  case badChoice(callee: String, parameter: String, found: String, known: [String])
  case outOfRange(callee: String, parameter: String, found: String, expected: String)
  case negativeSize(callee: String, size: Int)
  case notCallable(String)
  case inputNotFirst
  case noInput(network: String)

  package var wording: Wording {
    switch self {
    case .function(let problem): return problem.wording
    case .unknownOption(let callee, let option, let known, let isCommand):
      let kind = isCommand ? "option" : "argument"
      guard let near = Spelling.nearest(to: option, among: known) else {
        return Wording(
          "\(callee) has no \(kind) '\(option)'",
          hint: known.isEmpty ? "it takes none" : "it takes " + Words.list(known))
      }
      return Wording("\(callee) has no \(kind) '\(option)'", hint: "did you mean '\(near)'?")
    case .givenTwice(let callee, let parameter):
      return Wording(
        "\(callee) is given '\(parameter)' twice", hint: "leave one of them out")
    case .missing(let callee, let parameter):
      return Wording(
        "\(callee) needs '\(parameter)'", hint: "give it by place or as \(parameter)=…")
    case .tooMany(let callee, let most, let given):
      return Wording("\(callee) takes at most \(Words.count(most, "argument")), not \(given)")
    case .wrongType(let callee, let parameter, let expected, let found, let hint):
      return Wording(
        "\(callee) wants \(expected) for '\(parameter)', not \(found)", hint: hint)
    case .badChoice(let callee, let parameter, let found, let known):
      let near = Spelling.nearest(to: found, among: known)
      return Wording(
        "\(callee) does not know \(parameter)=\(found)",
        hint: near.map { "did you mean '\($0)'?" } ?? "it knows " + Words.list(known))
    case .outOfRange(let callee, let parameter, let found, let expected):
      return Wording("\(callee) wants \(expected) for '\(parameter)', not \(found)")
    case .negativeSize(let callee, let size):
      return Wording("\(callee) can't make a tensor of size \(size)", hint: "sizes are 0 or more")
    case .notCallable(let kind):
      return Wording(
        "\(kind) can't be called",
        hint: kind == "a dtype"
          ? "x.astype(float32) converts a tensor x" : "only functions are followed by ( )")
    case .inputNotFirst:
      return Wording("'input' is the first line of a network", hint: "move it to the top")
    case .noInput(let network):
      return Wording(
        "the network '\(network)' has no input",
        hint: "its first line says how many numbers a sample has: input 4")
    }
  }
}
