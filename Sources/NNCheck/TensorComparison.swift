import NNOutput
import NNSource

/// Two tensors, element by element where they are held in full, else by what is held of them.
struct TensorComparison {
  private let recorded: OutputTensor
  private let fresh: OutputTensor
  private let tolerance: Tolerance

  init(_ recorded: OutputTensor, _ fresh: OutputTensor, _ tolerance: Tolerance) {
    self.recorded = recorded
    self.fresh = fresh
    self.tolerance = tolerance
  }

  /// What differs besides numbers; those go into `tally`. `element` names an element by its index
  /// in brackets: "net.W1" + "[3, 2]".
  func compare(
    name: String, _ tally: inout ElementTally, element: (String) -> String
  ) -> [Difference] {
    var differences: [Difference] = []
    if recorded.dtype != fresh.dtype {
      differences.append(Difference("the dtype of \(name)", recorded.dtype, fresh.dtype))
    }
    guard recorded.shape == fresh.shape else {
      return differences + [
        Difference(
          "the shape of \(name)", NumberWords.shape(recorded.shape), NumberWords.shape(fresh.shape))
      ]
    }
    let isSingle = recorded.dtype == "float32" && fresh.dtype == "float32"
    switch (recorded.content, fresh.content) {
    case (.all(let old), .all(let new)):
      tally.compare(old, new, isSingle: isSingle) { offset in
        element(NumberWords.index(offset, in: recorded.shape))
      }
    case (.summary(let old), .summary(let new)):
      guard old.hash != new.hash else { break }
      let before = tally.differing
      compare(old, new, name, isSingle, &tally)
      if tally.differing == before, tolerance.isExact {
        differences.append(
          Difference("the hash of \(name)'s elements", old.hash.text, new.hash.text))
      }
    default:
      differences.append(Difference("what is held of \(name)", held(recorded), held(fresh)))
    }
    return differences
  }

  private func compare(
    _ old: OutputTensor.Summary, _ new: OutputTensor.Summary, _ name: String, _ isSingle: Bool,
    _ tally: inout ElementTally
  ) {
    tally.compare(old.minimum, new.minimum) { "the least element of \(name)" }
    tally.compare(old.maximum, new.maximum) { "the greatest element of \(name)" }
    tally.compare(old.mean, new.mean) { "the mean of \(name)" }
    tally.compare(old.shown, new.shown, isSingle: isSingle) {
      "shown element \($0 + 1) of \(name)"
    }
  }

  private func held(_ tensor: OutputTensor) -> String {
    if case .all = tensor.content { "all elements" } else { "a summary" }
  }
}
