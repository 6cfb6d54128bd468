import NNLanguage
import NNSource
import NNTensor

extension Registry {
  static let checkCommands: [RegistryEntry] = [
    .command(
      "seed",
      [
        Clause(
          nil,
          [
            SignatureParameter(
              "n", "integer",
              help: "any whole number from 0 to 4294967295: the same one gives the same draws")
          ])
      ], family: "random",
      "sets the random stream, as numpy.random.seed does",
      example: "seed 99\nprint uniform(-1, 1, 3)", effects: [.seeds],
      notes: "A notebook starts as after seed 0. Two runs with one seed draw the "
        + "same numbers, on every machine and in NumPy.", seeAlso: ["rand", "permutation", "init"]
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
            SignatureParameter(
              "condition", "any", help: "what must be true; of tensors, every element"),
            SignatureParameter("why", "any", standard: "none", help: "what to say when it is not"),
          ])
      ], family: "checks", "fails the cell, with the values, unless the condition holds",
      example: "a = 0.1 + 0.2\nassert close(a, 0.3), \"sums of tenths\"", effects: [.output],
      notes: "Of a comparison both sides are told, of tensors the element where "
        + "they differ most. The page shows a tick for a check that holds.",
      seeAlso: ["close", "all"]
    ) { _ in .none },
  ]
}
