import CNNKernels
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

  /// Makes a panel ready: its targets and classes in the workspace, and its inputs at the place
  /// that is returned, which is valid as long as both are.
  func load(
    _ range: Range<Int>, order: [Int]?, into workspace: Workspace, for network: Network
  ) -> UnsafeRawPointer {
    loadTargets(range, order: order, into: workspace, outputs: network.outputs)
    guard let room = workspace.inputs, order != nil || !samples.areReady(for: network) else {
      return samples.place(of: range.lowerBound)
    }
    samples.write(range, order: order, divisor: network.divisor, to: room)
    return UnsafeRawPointer(room.pointer)
  }

  private func loadTargets(
    _ range: Range<Int>, order: [Int]?, into workspace: Workspace, outputs: Int
  ) {
    let places = workspace.classes.pointer.assumingMemoryBound(to: Int.self)
    if let classes {
      for (offset, index) in range.enumerated() { places[offset] = classes[order?[index] ?? index] }
    }
    switch targets.form {
    case .rows(let rows): rows.write(range, order: order, to: workspace.targets)
    case .classes:
      nn_one_hot(workspace.code, workspace.targets.pointer, places, range.count, outputs)
    }
  }
}
