import NNSource
import NNTensor

/// Samples with what the network should answer to each.
struct LabelledSamples {
  let samples: Samples
  let targets: Targets
  /// The class of each sample, where the targets are classes.
  let classes: [Int]?
  var count: Int { samples.count }

  init(_ x: Tensor, _ y: Tensor, for network: Network, loss: Loss) throws {
    samples = try Samples(x, for: network)
    targets = try Targets(y, samples: samples.count, outputs: network.outputs)
    try targets.check(for: loss)
    classes = try targets.classes()
  }

  private init(_ samples: Samples, _ targets: Targets, _ classes: [Int]?) {
    self.samples = samples
    self.targets = targets
    self.classes = classes
  }

  /// The samples before `place`, and those from it on.
  func split(at place: Int) throws -> (LabelledSamples, LabelledSamples) {
    func part(_ range: Range<Int>) throws -> LabelledSamples {
      LabelledSamples(
        try samples.rows(range), try targets.part(range), classes.map { Array($0[range]) })
    }
    return (try part(0..<place), try part(place..<count))
  }
}
