import NNTensor
import Testing

@testable import NNNetwork

/// What Keras itself gives, recorded by `Fixtures/make_keras.py`.
struct KerasTests {
  struct Recorded: Decodable {
    let start: [Double]
    let slopes: [[Double]]
    let optimizers: [Trajectory]
    let schedules: [String: [Double]]
    let stopping: Stopping
    let trainings: [Training]
  }

  struct Trajectory: Decodable {
    let name: String
    let kind: String
    let settings: [String: Double]
    let lr: Double?
    let weights: [[Double]]
  }

  struct Stopping: Decodable {
    let losses: [Double]
    let stops: [String: Int]
  }

  struct Training: Decodable {
    let optimizer: String
    let l2: Double
    let last: String
    let lossName: String
    let batch: Int
    let w1: [[Double]]
    let w2: [[Double]]
    let x: [[Double]]
    let y: [Int]
    let other: [[Double]]
    let otherY: [Int]
    let loss: [Double]
    let valLoss: [Double]
    let weights: [Nested]
  }

  /// Numbers, or rows of them.
  struct Nested: Decodable {
    let numbers: [Double]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      numbers =
        if let rows = try? container.decode([[Double]].self) { rows.flatMap(\.self) } else {
          try container.decode([Double].self)
        }
    }
  }

  static let recorded = try? Fixture.read(Recorded.self, "keras.json")

  @Test("Twelve steps of every optimizer, with defaults and settings")
  func optimizers() throws {
    let recorded = try #require(Self.recorded)
    #expect(recorded.optimizers.count == 20)
    for item in recorded.optimizers {
      let kind = try #require(Optimizer.Kind(rawValue: item.kind))
      var optimizer = Optimizer(kind)
      for (name, value) in item.settings {
        // The decoder has turned beta_1 into beta1, as it should not.
        let setting = Optimizer.Setting.allCases.first {
          $0.rawValue.filter { $0 != "_" } == name.filter { $0 != "_" }.lowercased()
        }
        try optimizer.set(#require(setting), to: value)
      }
      let run = try OptimizerRun(optimizer, count: 5, dtype: .float64, from: nil)
      let weights = try NumberRoom(.float64, 5)
      let slopes = try NumberRoom(.float64, 5)
      weights.write(Tensor(recorded.start))
      for (step, expected) in item.weights.enumerated() {
        slopes.write(Tensor(recorded.slopes[step]))
        try run.step(weights, slopes, rate: item.lr ?? kind.learningRate)
        expectClose(try weights.tensor(shape: [5]).doubles, expected, 1e-12, item.name)
      }
    }
  }

  /// Keras takes the cosine in float32.
  @Test("Schedules", arguments: [("cosine", 1e-6), ("linear", 1e-12), ("exponential", 1e-12)])
  func schedules(_ name: String, _ tolerance: Double) throws {
    let expected = try #require(Self.recorded?.schedules[name])
    let schedule = try Schedule(named: name)
    let rates = try expected.indices.map {
      try schedule.rate(0.2, epoch: $0, of: expected.count)
    }
    expectClose(rates, expected, tolerance, name)
  }

  @Test("Patience")
  func patience() throws {
    let recorded = try #require(Self.recorded?.stopping)
    for (patience, expected) in recorded.stops {
      var stopping = EarlyStopping(patience: try #require(Int(patience)))
      let stop = recorded.losses.firstIndex { stopping.stops(after: $0) }
      #expect(stop.map { $0 + 1 } ?? recorded.losses.count == expected, "patience \(patience)")
    }
  }

  /// Keras's layers compute in float32: this is about what is added to what, and when.
  @Test("Whole trainings: l2, validation, batches, and a second fit that goes on")
  func trainings() throws {
    for item in try #require(Self.recorded?.trainings) {
      var network = try network(
        4, [(5, .tanh), (3, try Activation(named: item.last))])
      try network.setParameters([matrix(item.w1), matrix(item.w2)])
      let losses: [String: Loss] = [
        "mse": .mse, "categorical_crossentropy": .crossEntropy,
        "binary_crossentropy": .binaryCrossEntropy,
      ]
      let y = try oneHot(Tensor(item.y), classes: 3)
      var run = TrainingOptions()
      run.epochs = 3
      run.shuffle = false
      run.batch = .samples(item.batch)
      run.l2 = item.l2
      let loss = try #require(losses[item.lossName])
      run.loss = loss
      run.optimizer = Optimizer(try Optimizer.Kind(named: item.optimizer))
      run.validation = .samples(
        x: matrix(item.other), y: try oneHot(Tensor(item.otherY), classes: 3))
      var random = RandomStream(seed: 0)
      try Trainer(run).train(&network, on: matrix(item.x), y, random: &random)
      expectClose(network.history.valLoss, item.valLoss, 2e-6, item.optimizer)
      run.epochs = 2
      run.validation = nil
      try Trainer(run).train(&network, on: matrix(item.x), y, random: &random)
      expectClose(network.history.loss, item.loss, 2e-6, item.optimizer)
      for (name, expected) in zip(network.parameterNames, item.weights) {
        expectClose(
          try network.parameter(name).doubles, expected.numbers, 2e-6, item.optimizer + name)
      }
    }
  }

  private func expectClose(
    _ values: [Double], _ expected: [Double], _ tolerance: Double, _ name: String
  ) {
    #expect(values.count == expected.count)
    let worst = zip(values, expected).map(relativeError).max() ?? 0
    #expect(worst < tolerance, "\(name): relative error \(worst)")
  }
}
