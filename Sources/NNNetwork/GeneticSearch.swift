import CNNKernels
import NNSource
import NNTensor

/// Better weights by selection, without a gradient: a population of networks, each the row of all
/// its weights and biases (`W1 b1 W2 b2 …`, row by row). An epoch is a generation:
///
/// 1. Every individual's loss is measured on all samples, l2 included, nothing dropped out. They
///    are ranked by it; of equal ones the earlier comes first, and one whose loss is not finite
///    comes last. The first is the network that the epoch leaves, and what the history tells of.
/// 2. The next generation begins with the first `elite` of them, unchanged.
/// 3. Each of the others is a child: a tournament gives its mother, another its father — the first
///    in rank of `randint(0, population, 3)`; `crossing = rand(n)` takes each weight from the mother
///    where below 0.5, else from the father; `mutating = rand(n)` and `noise = randn(n)` add
///    `lr * noise` to a weight where `mutating` is below `mutation`.
///
/// These are the draws, in this order. At the start individual 0 is the network as it stands, and
/// each of the others is drawn as `network` draws weights, layer by layer (biases 0). A training
/// that goes on takes over the population, if that has the same size. `lr` is how far a mutation
/// goes; a schedule lets it shrink. With at least one elite the loss never grows.
///
/// The form is that of Whitley's and Gad's genetic algorithms for networks: uniform crossover
/// (Syswerda 1989), tournament selection (Goldberg & Deb 1991), Gaussian mutation.
final class GeneticSearch: TrainingMethod {
  private let session: TrainingSession
  private let size: Int
  private let elite: Int
  private let share: Double
  private var population: NumberRoom
  private var children: NumberRoom
  private let kept: NumberRoom
  private var losses: [Double]
  private var generations: Int
  private var keptGenerations: Int
  private let search: Tally
  /// Weights and biases of one individual.
  private var genes: Int { session.workspace.parameters.count }

  init(_ session: TrainingSession, random: inout RandomStream) throws {
    self.session = session
    let optimizer = session.options.optimizer
    size = Int(optimizer[.population])
    elite = Int(optimizer[.elite])
    share = optimizer[.mutation]
    let network = session.network
    let (count, overflow) = size.multipliedReportingOverflow(by: network.parameterCount)
    guard !overflow else {
      throw Problem.tensor(
        .tooLarge(
          shape: [size, network.parameterCount], dtype: network.dtype.name,
          limit: TensorLimits.maximumBytes))
    }
    population = try NumberRoom(network.dtype, count)
    children = try NumberRoom(network.dtype, count)
    kept = try NumberRoom(network.dtype, count)
    losses = Array(repeating: 0, count: size)
    let state = network.optimizerState
    let earlier = state?.kind == .genetic ? state?.population : nil
    generations = state?.kind == .genetic ? state?.steps ?? 0 : 0
    keptGenerations = generations
    search = try Tally(
      network, loss: session.loss, reduction: session.options.reduction, metrics: [],
      samples: session.data.count)
    if let earlier, earlier.shape == [size, network.parameterCount] {
      population.write(earlier)
    } else {
      try drawPopulation(network, random: &random)
    }
    place(0, of: population, from: session.workspace.parameters.pointer)
  }

  private func drawPopulation(_ network: Network, random: inout RandomStream) throws {
    for individual in 1..<size {
      for (layer, room) in zip(network.layers, session.workspace.layers) {
        population.write(
          try Initializer.glorotUniform.weights(
            fanIn: layer.inputs, fanOut: layer.outputs, dtype: network.dtype, random: &random),
          at: individual * network.parameterCount + room.weights)
      }
    }
  }

  private func place(
    _ individual: Int, of room: NumberRoom, from genes: UnsafeRawPointer
  ) {
    room.at(individual * self.genes).copyMemory(
      from: genes, byteCount: self.genes * room.dtype.itemSize)
  }

  func epoch(
    rate: Double, random: inout RandomStream
  ) throws -> [(name: String, value: Double)] {
    let parameters = session.workspace.parameters
    func put(_ individual: Int) {
      parameters.pointer.copyMemory(
        from: population.at(individual * genes), byteCount: genes * parameters.dtype.itemSize)
    }
    for individual in 0..<size {
      put(individual)
      let loss = try session.measure(session.source, search)[0].value
      losses[individual] = loss.isFinite ? loss : .infinity
    }
    let ranks = losses.indices.sorted { (losses[$0], $0) < (losses[$1], $1) }
    put(ranks[0])
    let measured = try session.measure(session.source, session.tally)
    try breed(ranks, rate: rate, random: &random)
    generations += 1
    return measured
  }

  private func breed(
    _ ranks: [Int], rate: Double, random: inout RandomStream
  ) throws {
    for (place, individual) in ranks.prefix(elite).enumerated() {
      self.place(place, of: children, from: population.at(individual * genes))
    }
    func parent() throws -> UnsafeMutableRawPointer {
      let drawn = try random.randint(low: 0, high: size, shape: [3]).integers
      return population.at(ranks[drawn.min() ?? 0] * genes)
    }
    for child in elite..<size {
      try Allowance.check()
      let (mother, father) = (try parent(), try parent())
      let crossing = try random.rand([genes])
      let mutating = try random.rand([genes])
      let noise = try random.randn([genes])
      crossing.withElements(of: Double.self) { crossing in
        mutating.withElements(of: Double.self) { mutating in
          noise.withElements(of: Double.self) { noise in
            nn_breed(
              Int32(children.dtype.rawValue), children.at(child * genes),
              nn_breeding(
                mother: mother, father: father, crossing: crossing.baseAddress,
                mutating: mutating.baseAddress, noise: noise.baseAddress, share: share,
                rate: rate), genes)
          }
        }
      }
    }
    swap(&population, &children)
  }

  func keep() {
    kept.copy(population)
    keptGenerations = generations
  }

  func state() throws -> OptimizerState {
    OptimizerState(
      kind: .genetic, steps: keptGenerations,
      population: try kept.tensor(shape: [size, genes]))
  }
}
