/// Commands, networks and layers that do not fit their signatures.
package enum CommandProblem: Sendable, Hashable {
  case unknownCommand(String, suggestion: String?)
  case functionWithoutBrackets(String)
  case verbWithoutSpace(String)
  case commandAsValue(String, usage: String)
  case verbAsFunction(String, proposal: String)
  case callOfStatement(String)
  /// `train 3 on x, y`
  case notChangeable(verb: String, operand: String)
  case textAfterCommand(String, found: String)

  case missingOperand(verb: String, operand: String, usage: String)
  case missingClause(verb: String, word: String, usage: String)
  case tooManyOperands(verb: String, most: Int, usage: String)
  case missingCommaInCommand(before: String, usage: String)
  case unknownLittleWord(String, suggestion: String)
  case expectedBinding(verb: String, found: String)
  case expectedWord(verb: String, operand: String, found: String)
  case unknownData(String, of: String, choices: [String], suggestion: String?)
  case unknownWord(String, of: String, choices: [String], suggestion: String?)

  case unknownOption(String, of: String, suggestion: String?, known: [String])
  /// `dense 3 activation=relu`
  case operandAsOption(String, of: String, usage: String)
  case repeatedOption(String)
  case commaBeforeOption(String)
  case commaAfterOption(String)
  case wordAfterOption(String, option: String, usage: String)

  case networkWithoutName
  case layersOnLine
  case networkWithoutLayers
  case expectedLayer(found: String)
  case unknownLayer(String, suggestion: String?, known: [String])
  case layerSize(String, found: String)
  case commaInLayer(usage: String)
  case unexpectedInLayer(String, usage: String)
  case expectedInitializer(found: String)

  package var wording: Wording {
    verbWording ?? operandWording ?? optionWording ?? networkWording
  }

  private var verbWording: Wording? {
    switch self {
    case .unknownCommand(let name, let suggestion):
      Wording(
        "there is no command '\(name)'",
        hint: suggestion.map { "did you mean \($0)?" }
          ?? "a function takes its arguments in brackets: \(name)(…)")
    case .functionWithoutBrackets(let name):
      Wording(
        "'\(name)' is a function and takes its arguments in brackets", hint: "write \(name)(…)")
    case .verbWithoutSpace(let name):
      Wording("a space is missing after the command '\(name)'")
    case .commandAsValue(let name, let usage):
      Wording(
        "'\(name)' is a command and has no value",
        hint: "write it on a line of its own: \(usage)")
    case .verbAsFunction(let name, let proposal):
      Wording(
        "'\(name)' is a command and can't be a function's name", hint: "write def \(proposal)(…):")
    case .callOfStatement(let name):
      Wording(
        "'\(name)' is no call",
        hint: name == "init"
          ? "write init net normal(0, 1)" : "write network NAME: and a layer a line")
    case .notChangeable(let verb, let operand):
      Wording(
        "'\(verb)' changes its \(operand), so a name must stand here",
        hint: "give the value a name first, then write \(verb) and the name")
    case .textAfterCommand(let name, let found):
      Wording(
        "\(found) can't follow the command '\(name)(…)'",
        hint: "with a space before the bracket it is part of the operand: \(name) (…) …")
    default: nil
    }
  }

  private var operandWording: Wording? {
    switch self {
    case .missingOperand(let verb, let operand, let usage):
      Wording("'\(verb)' is missing its operand '\(operand)'", hint: "write \(usage)")
    case .missingClause(let verb, let word, let usage):
      Wording("'\(verb)' is missing its '\(word)'", hint: "write \(usage)")
    case .tooManyOperands(let verb, let most, let usage):
      Wording(
        "'\(verb)' takes \(most == 0 ? "no operand" : most == 1 ? "one operand" : "\(most) operands")"
          + " here, and this is one more",
        hint: "write \(usage)")
    case .missingCommaInCommand(let found, let usage):
      Wording(
        "\(found) can't stand here",
        hint: "commas separate operands, spaces separate options: \(usage) option=value")
    case .unknownLittleWord(let word, let suggestion):
      Wording("'\(word)' can't stand here", hint: "did you mean \(suggestion)?")
    case .expectedBinding(let verb, let found):
      Wording("'\(verb)' wants a new name here, not \(found)")
    case .expectedWord(let verb, let operand, let found):
      Wording("'\(verb)' wants its \(operand) here, a word or a string, not \(found)")
    case .unknownData(let word, let place, let choices, let suggestion):
      Wording(
        "there is no \(place) '\(word)'",
        hint: suggestion.map { "did you mean \($0)? A file's name stands in quotes" }
          ?? "\(Self.choice(choices) ?? ""); a file's name stands in quotes")
    case .unknownWord(let word, let place, let choices, let suggestion):
      Wording(
        "there is no \(place) '\(word)'",
        hint: suggestion.map { "did you mean \($0)?" } ?? Self.choice(choices))
    default: nil
    }
  }

  private var optionWording: Wording? {
    switch self {
    case .unknownOption(let name, let verb, let suggestion, let known):
      Wording(
        "'\(verb)' has no option '\(name)'",
        hint: suggestion.map { "did you mean \($0)?" }
          ?? (known.isEmpty ? "it has no options" : Self.choice(known)))
    case .operandAsOption(let name, let verb, let usage):
      Wording(
        "'\(name)' is no option of '\(verb)': it stands without its name", hint: "write \(usage)")
    case .repeatedOption(let name): Wording("the option '\(name)' is given twice")
    case .commaBeforeOption(let name):
      Wording(
        "a comma before the option '\(name)'", hint: "spaces separate options: drop the comma")
    case .commaAfterOption(let name):
      Wording(
        "a comma after the option '\(name)'",
        hint: "spaces separate options; several values stand in brackets: \(name)=[a, b]")
    case .wordAfterOption(let word, let option, let usage):
      Wording("'\(word)' comes before the option '\(option)'", hint: "write \(usage) \(option)=…")
    default: nil
    }
  }

  private var networkWording: Wording {
    switch self {
    case .networkWithoutName: Wording("the network has no name", hint: "write network net:")
    case .layersOnLine: Wording("each layer stands on a line of its own", hint: Self.layers)
    case .networkWithoutLayers:
      Wording("the network's layers should follow, indented", hint: Self.layers)
    case .expectedLayer(let found):
      Wording("a layer should stand here, not \(found)", hint: Self.layers)
    case .unknownLayer(let name, let suggestion, let known):
      Wording(
        "there is no layer '\(name)'",
        hint: suggestion.map { "did you mean \($0)?" } ?? Self.choice(known))
    case .layerSize(let layer, let found):
      Wording(
        "the size of '\(layer)' should stand here, not \(found)",
        hint: "a size is a number, a name, a field, or a computation in brackets")
    case .commaInLayer(let usage):
      Wording("a comma in a layer's line", hint: "spaces separate its parts: \(usage)")
    case .unexpectedInLayer(let found, let usage):
      Wording(
        "\(found) can't stand here",
        hint: "write \(usage); a computed size stands in brackets")
    case .expectedInitializer(let found):
      Wording(
        "an initialiser should follow here, not \(found)",
        hint: "write init net normal(0, 1) or init net from w1, w2")
    default: Wording("this can't stand here")
    }
  }

  private static let layers = "write network NAME: and under it, indented, dense 10 sigmoid"

  private static func choice(_ words: [String]) -> String? {
    guard let last = words.last else { return nil }
    if words.count == 1 { return "write \(last)" }
    return "it is one of \(words.dropLast().joined(separator: ", ")) and \(last)"
  }
}
