import NNLanguage
import NNSource
import NNTensor

extension Registry {
  static let checkCommands: [RegistryEntry] = [
    .command(
      "seed", [Clause(nil, [SignatureParameter("n", "integer")])], family: "random",
      "sets the random stream, as numpy.random.seed does",
      example: "seed 99\nprint uniform(-1, 1, 3)", effects: [.seeds]
    ) { arguments in
      let seed = try arguments.int(0)
      guard let word = UInt32(exactly: seed) else {
        throw arguments.failure(
          0,
          .call(
            .outOfRange(
              callee: "seed", parameter: "n", found: String(seed),
              expected: "a whole number from 0 to 4294967295")))
      }
      arguments.interpreter.random = RandomStream(seed: word)
      return .none
    },
    // The compiler gives `assert` an instruction of its own, so that it can tell both sides of a
    // comparison; this entry describes it.
    .command(
      "assert",
      [
        Clause(
          nil,
          [
            SignatureParameter("condition", "bool"),
            SignatureParameter("why", "string", standard: "none"),
          ])
      ], family: "checks", "fails the cell, with the values, unless the condition holds",
      example: "a = 0.1 + 0.2\nassert close(a, 0.3), \"sums of tenths\"", effects: [.output]
    ) { _ in .none },
  ]
}
