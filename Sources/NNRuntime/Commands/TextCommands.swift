import NNLanguage
import NNOutput
import NNSource
import NNTensor

/// Commands that write text and tables.
extension Registry {
  static let textCommands: [RegistryEntry] = [
    .command(
      "print",
      [
        Clause(
          nil,
          [
            SignatureParameter(
              "values", "any", form: .variadic, help: "what to write, one after the other")
          ])
      ],
      options: [
        SignatureParameter(
          "sep", "string", standard: "\" \"", help: "what stands between two values"),
        SignatureParameter(
          "end", "string", standard: "\"\\n\"", help: "what comes after the last one"),
      ], family: "show", "writes values as text, as Python and NumPy do",
      example: "print \"loss\", 0.25\nprint [[1.5, 2], [3, 4]]\nprint 1, 2 sep=\", \"",
      effects: [.output],
      notes: "Tensors are written byte for byte as NumPy prints them, other values "
        + "as Python does. An f-string sets values into a text: print "
        + "f\"{loss:.3f}\".", seeAlso: ["table", "format", "str"]
    ) { arguments in
      let separator = try arguments.optionalString(0) ?? " "
      let end = try arguments.optionalString(1) ?? "\n"
      var text = ""
      var values: [Value] = []
      for offset in 0..<arguments.restCount {
        if offset > 0 { text += separator }
        values.append(arguments.rest(offset))
        text += values[offset].text
      }
      try arguments.interpreter.emit(text + end, of: values)
      return .none
    },
    tableCommand,
  ]
}
