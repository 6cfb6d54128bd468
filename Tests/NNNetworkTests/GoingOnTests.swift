import NNSource
import NNTensor
import Testing

@testable import NNNetwork

/// Optimizers that keep something, stopped and begun again; values that do not share it.
struct GoingOnTests {
  static let x = spread([12, 3])
  static let y = Tensor((0..<12).map { $0 % 2 })

  static func start() throws -> Network {
    var random = RandomStream(seed: 3)
    return try Network(
      inputs: 3,
      layers: [
        .dense(units: 4, activation: .tanh), .dropout(rate: 0.25),
        .dense(units: 2, activation: .softmax),
      ], random: &random)
  }

  static func run(
    _ kind: Optimizer.Kind, epochs: Int, _ settings: [Optimizer.Setting: Double] = [:]
  ) throws -> TrainingOptions {
    var run = options {
      $0.epochs = epochs
      $0.batch = .samples(5)
    }
    run.optimizer = Optimizer(kind)
    for (setting, value) in settings { try run.optimizer.set(setting, to: value) }
    if kind == .genetic { try run.optimizer.set(.population, to: 6) }
    return run
  }

  @Test("Two trainings are one long one", arguments: Optimizer.Kind.allCases)
  func twice(_ kind: Optimizer.Kind) throws {
    let settings: [Optimizer.Setting: Double] =
      kind == .sgd || kind == .rmsprop ? [.momentum: 0.9] : [:]
    var once = try Self.start()
    var twice = once
    var random = RandomStream(seed: 5)
    try Trainer(Self.run(kind, epochs: 5, settings))
      .train(&once, on: Self.x, Self.y, random: &random)
    var again = RandomStream(seed: 5)
    try Trainer(Self.run(kind, epochs: 2, settings))
      .train(&twice, on: Self.x, Self.y, random: &again)
    let between = twice
    try Trainer(Self.run(kind, epochs: 3, settings))
      .train(&twice, on: Self.x, Self.y, random: &again)
    #expect(once.layers == twice.layers)
    #expect(once.history == twice.history)
    #expect(random == again)

    // What was copied between goes its own way.
    var other = between
    try Trainer(Self.run(kind, epochs: 3, settings))
      .train(&other, on: Self.x, Self.y, random: &again)
    #expect(between.history.epochs == 2)
    #expect(other.layers != twice.layers)
  }

  @Test(
    "Stopped inside an epoch, everything is as after the one before",
    arguments: Optimizer.Kind.allCases)
  func stopped(_ kind: Optimizer.Kind) throws {
    // After each number of whole epochs.
    let start = try Self.start()
    let whole = try (0...3).map { epochs in
      var network = start
      var random = RandomStream(seed: 5)
      if epochs > 0 {
        try Trainer(Self.run(kind, epochs: epochs)).train(
          &network, on: Self.x, Self.y, random: &random)
      }
      return network
    }
    var stops: [Int: Network] = [:]
    // Wherever in three epochs it is that it is told to stop.
    for look in 1..<1000 {
      var cut = start
      var random = RandomStream(seed: 5)
      do {
        try Allowance().grant(seconds: nil, memory: 1 << 30, looks: look) {
          _ = try Trainer(Self.run(kind, epochs: 3)).train(
            &cut, on: Self.x, Self.y, random: &random)
        }
        break
      } catch {
        #expect(error as? Problem == .limit(.cancelled))
        #expect(cut.layers == whole[cut.history.epochs].layers)
        #expect(cut.history == whole[cut.history.epochs].history)
        stops[cut.history.epochs] = cut
      }
    }
    #expect(stops.keys.sorted() == [0, 1, 2])
    var (whole2, cut) = (whole[2], try #require(stops[2]))
    let next = try Self.run(kind, epochs: 1)
    var stream = RandomStream(seed: 9)
    var twin = stream
    try Trainer(next).train(&whole2, on: Self.x, Self.y, random: &stream)
    try Trainer(next).train(&cut, on: Self.x, Self.y, random: &twin)
    #expect(cut.layers == whole2.layers)
  }

  @Test("Another optimizer starts afresh; drawing the weights anew forgets")
  func forgets() throws {
    var network = try Self.start()
    var random = RandomStream(seed: 5)
    try Trainer(Self.run(.adam, epochs: 1)).train(&network, on: Self.x, Self.y, random: &random)
    #expect(network.optimizerState?.steps == 3)
    try Trainer(Self.run(.adamw, epochs: 1)).train(&network, on: Self.x, Self.y, random: &random)
    #expect(network.optimizerState?.kind == .adamw)
    #expect(network.optimizerState?.steps == 3)
    try network.initialize(random: &random) { _, _ in .zeros }
    #expect(network.optimizerState == nil)
  }

  @Test("patience ends a training; the history tells of the last epoch too")
  func patience() throws {
    var network = try Self.start()
    var random = RandomStream(seed: 5)
    var run = try Self.run(.sgd, epochs: 50)
    run.learningRate = 1e-300
    run.patience = 2
    run.validation = .share(0.25)
    let outcome = try Trainer(run).train(&network, on: Self.x, Self.y, random: &random)
    #expect(outcome.stoppedAfter == 3)
    #expect(outcome.watched == "val_loss")
    #expect(network.history.valLoss.count == 3)
  }

  @Test("A share for validation is the last samples, and is not trained on")
  func share() throws {
    var split = try Self.start()
    var given = split
    var run = try Self.run(.adam, epochs: 3)
    run.validation = .share(0.25)
    var random = RandomStream(seed: 5)
    var same = random
    try Trainer(run).train(&split, on: Self.x, Self.y, random: &random)
    run.validation = .samples(x: try Self.x.rows(9..<12), y: try Self.y.rows(9..<12))
    try Trainer(run).train(
      &given, on: try Self.x.rows(0..<9), Self.y.rows(0..<9), random: &same)
    #expect(split.layers == given.layers)
    #expect(split.history == given.history)
  }

  @Test("Dropout is off when a network answers")
  func answers() throws {
    var network = try Self.start()
    let plain = try Network(
      inputs: 3,
      layers: [
        .dense(units: 4, activation: .tanh), .dense(units: 2, activation: .softmax),
      ], random: &RandomStream.fixed)
    var same = plain
    try same.setParameters(network.parameterNames.map { try network.parameter($0) })
    #expect(try network.forward(Self.x) == same.forward(Self.x))
    #expect(
      try network.evaluate(on: Self.x, Self.y).loss == same.evaluate(on: Self.x, Self.y).loss)
    var random = RandomStream(seed: 0)
    var run = try Self.run(.sgd, epochs: 1)
    run.validation = .samples(x: Self.x, y: Self.y)
    try Trainer(run).train(&network, on: Self.x, Self.y, random: &random)
    #expect(network.history.valLoss[0] == (try network.evaluate(on: Self.x, Self.y).loss))
  }

  @Test("Schedules by word and by function; the history holds the rates")
  func schedules() throws {
    var network = try Self.start()
    var random = RandomStream(seed: 5)
    var run = try Self.run(.sgd, epochs: 4)
    run.learningRate = 0.4
    run.schedule = .step
    try Trainer(run).train(&network, on: Self.x, Self.y, random: &random)
    #expect(network.history["lr"] == [0.4, 0.4, 0.4 * 0.1, 0.4 * 0.01])
    run.schedule = .constant
    try Trainer(run).train(
      &network, on: Self.x, Self.y, random: &random, rate: { $0 < 2 ? $1 : $1 / 2 })
    #expect(network.history["lr"]?.suffix(4) == [0.4, 0.4, 0.2, 0.1])
  }

  @Test("The loss of a genetic search never grows, and it learns what a line can't")
  func genetic() throws {
    var random = RandomStream(seed: 1)
    var network = try Network(
      inputs: 2,
      layers: [.dense(units: 4, activation: .tanh), .dense(units: 1, activation: .sigmoid)],
      random: &random)
    let x = matrix([[0, 0], [0, 1], [1, 0], [1, 1]])
    let y = matrix([[0], [1], [1], [0]])
    var run = options {
      $0.epochs = 150
      $0.learningRate = 0.5
    }
    run.optimizer = Optimizer(.genetic)
    try Trainer(run).train(&network, on: x, y, random: &random)
    let losses = network.history.loss
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(network.history.accuracy.last == 1)
    #expect(losses.last == (try network.evaluate(on: x, y).loss))
  }
}

extension RandomStream {
  /// For weights that are replaced at once.
  fileprivate static var fixed: RandomStream {
    get { RandomStream(seed: 0) }
    set { _ = newValue }
  }
}
