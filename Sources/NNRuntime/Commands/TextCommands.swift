import NNLanguage
import NNOutput
import NNSource
import NNTensor

/// Commands that write text, and the random stream's.
extension Registry {
  static let textCommands: [RegistryEntry] = [
    .command(
      "print", [Clause(nil, [SignatureParameter("values", "any", form: .variadic)])],
      options: [
        SignatureParameter("sep", "string", standard: "\" \""),
        SignatureParameter("end", "string", standard: "\"\\n\""),
      ], family: "show", "writes values as text, as Python and NumPy do",
      example: "print \"loss\", 0.25\nprint [[1.5, 2], [3, 4]]\nprint 1, 2 sep=\", \""
    ) { arguments in
      let separator = try arguments.optionalString(0) ?? " "
      let end = try arguments.optionalString(1) ?? "\n"
      var text = ""
      for offset in 0..<arguments.restCount {
        if offset > 0 { text += separator }
        text += arguments.rest(offset).text
      }
      try arguments.interpreter.emit(.text(text + end))
      return .none
    },
    .command(
      "seed", [Clause(nil, [SignatureParameter("n", "integer")])], family: "random",
      "sets the random stream; the same number gives the same draws",
      example: "seed 99\nprint rand(3)"
    ) { arguments in
      guard let seed = arguments.value(0).integer else {
        throw arguments.wrongType(0, expected: "a whole number")
      }
      guard let word = UInt32(exactly: seed) else {
        throw arguments.failure(0, .call(.seedOutOfRange("\(seed)")))
      }
      arguments.interpreter.random = RandomStream(seed: word)
      return .none
    },
    tableCommand,
  ]
}
