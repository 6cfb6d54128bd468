import NNSource
import NNTensor
import Testing

@testable import NNNetwork

struct TrainerTests {
  @Test(
    "Whole-set training has the bits of a program by hand", arguments: [DType.float64, .float32])
  func wholeSetByHand(_ dtype: DType) throws {
    var network = try network(5, [(4, .relu), (3, .softmax)], dtype: dtype)
    let x = spread([1100, 5]).cast(to: dtype)
    let labels = (0..<1100).map { ($0 * $0) % 3 }
    var hand = try ByHand(network)
    let hot = try oneHot(Tensor(labels, shape: nil), classes: 3).cast(to: dtype)
    var losses: [Double] = []
    for _ in 0..<3 {
      let (a1, p) = try hand.forward(x)
      let rows = try Tensor.binary(.multiply, .tensor(hot), .tensor(.unary(.log, p)))
        .reduce(.sum, axes: [1])
      losses.append(
        -(try Tensor.binary(.divide, .tensor(rows.reduce(.sum)), number(1100)).number))
      let d2 = try Tensor.binary(
        .divide, .tensor(.binary(.subtract, .tensor(p), .tensor(hot))), number(1100))
      try hand.step(x, a1, d2, lr: 0.5) { try Activation.relu.derivative(at: $0) }
    }
    var random = RandomStream(seed: 0)
    let wholeSet = options {
      $0.epochs = 3
      $0.batch = .all
      $0.learningRate = 0.5
    }
    try Trainer(wholeSet)
      .train(&network, on: x, Tensor(labels, shape: nil), random: &random)
    #expect(try network.parameter("W1") == hand.w1)
    #expect(try network.parameter("b1") == hand.b1)
    #expect(try network.parameter("W2") == hand.w2)
    #expect(try network.parameter("b2") == hand.b2)
    #expect(network.history.loss == losses)
  }

  @Test("Batches follow one permutation an epoch; the last may be short")
  func batches() throws {
    let start = try network(3, [(2, .sigmoid)])
    let x = spread([7, 3])
    let y = spread([7, 2], salt: 1)
    var trained = start
    var random = RandomStream(seed: 4)
    let shuffled = options {
      $0.epochs = 2
      $0.batch = .samples(3)
      $0.loss = .halfMse
    }
    try Trainer(shuffled).train(&trained, on: x, y, random: &random)

    var expected = start
    var stream = RandomStream(seed: 4)
    for _ in 0..<2 {
      let order = try stream.permutation(7)
      for range in [0..<3, 3..<6, 6..<7] {
        let places = try order.rows(range)
        var unused = RandomStream(seed: 0)
        let batch = options {
          $0.epochs = 1
          $0.batch = .all
          $0.loss = .halfMse
          $0.shuffle = false
        }
        try Trainer(batch).train(
          &expected, on: x.rows(at: places), y.rows(at: places), random: &unused)
      }
    }
    #expect(trained.layers == expected.layers)
    #expect(random == stream)
  }

  @Test("An epoch's loss does not depend on how its samples are cut into batches")
  func lossIsOfTheEpoch() throws {
    let start = try network(3, [(2, .softmax)])
    let x = spread([50, 3])
    let y = Tensor((0..<50).map { $0 % 2 }, shape: nil)
    let losses = try [1, 7, 50].map { size in
      var network = start
      var random = RandomStream(seed: 0)
      let slow = options {
        $0.epochs = 1
        $0.batch = .samples(size)
        $0.learningRate = 1e-300
        $0.shuffle = false
      }
      try Trainer(slow).train(&network, on: x, y, random: &random)
      return network.history.loss[0]
    }
    #expect(losses[0] == losses[1] && losses[1] == losses[2])
    #expect(losses[0] == (try start.evaluate(on: x, y)).loss)
  }

  @Test("reduction=sum adds the samples instead of averaging them")
  func reductionSum() throws {
    let start = try network(2, [(1, .linear)])
    let x = spread([4, 2])
    let y = spread([4], salt: 3)
    func train(_ reduction: LossReduction, lr: Double) throws -> Network {
      var network = start
      var random = RandomStream(seed: 0)
      let run = options {
        $0.epochs = 1
        $0.batch = .all
        $0.loss = .halfMse
        $0.reduction = reduction
        $0.learningRate = lr
      }
      try Trainer(run).train(&network, on: x, y, random: &random)
      return network
    }
    let mean = try train(.mean, lr: 0.4)
    let sum = try train(.sum, lr: 0.1)
    for (a, b) in zip(try mean.parameter("W1").doubles, try sum.parameter("W1").doubles) {
      #expect(relativeError(a, b) < 1e-14)
    }
    #expect(sum.history.loss[0] == 4 * mean.history.loss[0])
  }

  @Test("Training again goes on and appends")
  func again() throws {
    let x = spread([6, 3])
    let y = Tensor([0, 1, 0, 1, 1, 0], shape: nil)
    var once = try network(3, [(2, .softmax)])
    var twice = once
    var random = RandomStream(seed: 5)
    var sameRandom = random
    try Trainer(options { $0.epochs = 5 }).train(&once, on: x, y, random: &random)
    try Trainer(options { $0.epochs = 2 }).train(&twice, on: x, y, random: &sameRandom)
    try Trainer(options { $0.epochs = 3 }).train(&twice, on: x, y, random: &sameRandom)
    #expect(once.layers == twice.layers)
    #expect(once.history == twice.history)
    #expect(once.history.epochs == 5)
    #expect(once.history.accuracy.count == 5)
  }

  @Test("Validation is measured after the epoch's steps; epochs without it hold nan")
  func validation() throws {
    let x = spread([6, 3])
    let y = Tensor([0, 1, 0, 1, 1, 0], shape: nil)
    let other = (x: spread([4, 3], salt: 8), y: Tensor([1, 1, 0, 0], shape: nil))
    var network = try network(3, [(2, .softmax)])
    var random = RandomStream(seed: 5)
    try Trainer(options { $0.epochs = 1 }).train(&network, on: x, y, random: &random)
    let validating = options {
      $0.epochs = 1
      $0.validation = .samples(x: other.x, y: other.y)
    }
    try Trainer(validating).train(&network, on: x, y, random: &random)
    let evaluation = try network.evaluate(on: other.x, other.y)
    #expect(network.history.valLoss[0].isNaN)
    #expect(network.history.valLoss[1] == evaluation.loss)
    #expect(network.history.valAccuracy[1] == evaluation.accuracy)
    #expect(network.history.names == ["loss", "accuracy", "val_loss", "val_accuracy"])
  }

  @Test("A loss by name is a metric")
  func lossMetric() throws {
    let x = spread([4, 3])
    let y = matrix([[1, 0], [0, 1], [1, 0], [0, 1]])
    var network = try network(3, [(2, .sigmoid)])
    let before = try Loss.mse.value(network.forward(x), y).number
    var random = RandomStream(seed: 0)
    let run = options {
      $0.epochs = 1
      $0.metrics = [.loss(.mse)]
      $0.shuffle = false
    }
    try Trainer(run).train(&network, on: x, y, random: &random)
    #expect(network.history["mse"] == [before])
    #expect(network.history["accuracy"] == nil)
  }

  @Test("Class numbers, a column of them, and one-hot rows train alike", arguments: Loss.allCases)
  func targetForms(_ loss: Loss) throws {
    let x = spread([6, 3])
    let classes = [0, 1, 0, 1, 1, 0]
    let numbers = Tensor(classes, shape: nil)
    let forms = [
      numbers, try numbers.reshaped([6, 1]), numbers.cast(to: .float64),
      try oneHot(numbers, classes: 2), try oneHot(numbers, classes: 2).cast(to: .int64),
    ]
    let trained = try forms.map { y in
      var network = try network(3, [(2, .softmax)])
      var random = RandomStream(seed: 0)
      try Trainer(options { $0.loss = loss }).train(&network, on: x, y, random: &random)
      return network
    }
    for other in trained.dropFirst() {
      #expect(other.layers == trained[0].layers)
      #expect(other.history == trained[0].history)
    }
  }

  @Test("What dropout draws for a large batch can be stopped between its panels")
  func cancelledDropout() throws {
    var random = RandomStream(seed: 1)
    let network = try Network(
      inputs: 3, layers: [.dropout(rate: 0.5), .dense(units: 2, activation: .softmax)],
      random: &random)
    var onePanel = random
    _ = try onePanel.rand([512, 3])
    let inPlace = options {
      $0.batch = .all
      $0.shuffle = false
    }
    // Wherever it is told to stop: before the draws, between them, behind them.
    let stops = (1...10).map { look in
      var (network, random) = (network, random)
      #expect(throws: Problem.limit(.cancelled)) {
        try Allowance().grant(seconds: nil, memory: 1 << 30, looks: look) {
          _ = try Trainer(inPlace).train(
            &network, on: spread([1100, 3]), Tensor([Int](repeating: 0, count: 1100)),
            random: &random)
        }
      }
      return random
    }
    #expect(stops.contains(onePanel))
  }

  @Test("Progress tells each epoch what it measured")
  func progress() throws {
    let x = spread([4, 3])
    var network = try network(3, [(2, .softmax)])
    var random = RandomStream(seed: 0)
    var lines: [String] = []
    let trainer = Trainer(options { $0.epochs = 2 })
    for _ in 0..<2 {
      try trainer.train(
        &network, on: x, Tensor([0, 1, 1, 0], shape: nil), random: &random,
        progress: { lines.append("\($0.epoch)/\($0.epochs) \($0.trained) \($0.loss)") })
    }
    let losses = network.history.loss
    #expect(
      lines == [
        "1/2 1 \(losses[0])", "2/2 2 \(losses[1])", "1/2 3 \(losses[2])", "2/2 4 \(losses[3])",
      ])
  }

  @Test("A loss that is no longer finite names the epoch and keeps the one before")
  func divergence() throws {
    let x = spread([4, 3], scale: 100)
    let y = spread([4, 1])
    var network = try network(3, [(4, .linear), (1, .linear)])
    var random = RandomStream(seed: 0)
    let wild = options {
      $0.epochs = 100
      $0.learningRate = 10
    }
    let error = #expect(throws: Problem.self) {
      try Trainer(wild).train(&network, on: x, y, random: &random)
    }
    guard case .network(.diverged(_, let epoch, 10)) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(epoch > 2)
    #expect(network.history.epochs == epoch - 1)
    #expect(network.history.loss.allSatisfy { $0.isFinite })
  }

  @Test("Inputs or targets that are not finite are named, not the learning rate")
  func notFinite() throws {
    var network = try network(2, [(1, .linear)])
    var random = RandomStream(seed: 0)
    let x = matrix([[1, 2], [3, -.infinity]])
    let y = Tensor([1.0, .infinity], shape: nil)
    #expect(throws: Problem.network(.inputNotFinite(-.infinity, sample: 1, column: 1))) {
      try Trainer(TrainingOptions()).train(&network, on: x, y, random: &random)
    }
    #expect(throws: Problem.network(.targetNotFinite(.infinity, sample: 1, column: 0))) {
      try Trainer(TrainingOptions())
        .train(&network, on: spread([2, 2]), y, random: &random)
    }
    #expect(network.history.epochs == 0)
  }

  @Test("Bytes are trained as the numbers they divide to")
  func bytes() throws {
    let bytes = Tensor((0..<60).map { UInt8($0 * 4) }, shape: [5, 3, 4])
    let divided = try Tensor.binary(.divide, .tensor(bytes), number(255))
    let y = Tensor([0, 1, 2, 0, 1], shape: nil)
    var dividing = try network(12, [(3, .softmax)], divide: 255)
    var plain = try network(12, [(3, .softmax)])
    var random = RandomStream(seed: 0)
    var sameRandom = random
    let two = options { $0.batch = .samples(2) }
    #expect(try Trainer(two).train(&dividing, on: bytes, y, random: &random).warnings == [])
    #expect(try Trainer(two).train(&plain, on: divided, y, random: &sameRandom).warnings == [])
    #expect(dividing.layers == plain.layers)
    let warnings = try Trainer(two).train(&plain, on: bytes, y, random: &random).warnings
    #expect(warnings == [.network(.undividedBytes(largest: 236, inputs: 12))])
  }
}

/// Two layers, written out.
private struct ByHand {
  var w1, b1, w2, b2: Tensor
  var z1: Tensor

  init(_ network: Network) throws {
    w1 = try network.parameter("W1")
    b1 = try network.parameter("b1")
    w2 = try network.parameter("W2")
    b2 = try network.parameter("b2")
    z1 = w1
  }

  mutating func forward(_ x: Tensor) throws -> (a1: Tensor, p: Tensor) {
    z1 = try .binary(.add, .tensor(.matmul(x, w1)), .tensor(b1))
    let a1 = try Tensor.binary(.maximum, number(0), .tensor(z1))
    let z2 = try Tensor.binary(.add, .tensor(.matmul(a1, w2)), .tensor(b2))
    return (a1, try z2.softmax())
  }

  mutating func step(
    _ x: Tensor, _ a1: Tensor, _ d2: Tensor, lr: Double, _ slope: (Tensor) throws -> Tensor
  ) throws {
    let d1 = try Tensor.binary(
      .multiply, .tensor(.matmul(d2, w2.transposed())), .tensor(slope(z1)))
    func moved(_ parameter: Tensor, _ gradient: Tensor) throws -> Tensor {
      try .binary(
        .subtract, .tensor(parameter), .tensor(.binary(.multiply, number(lr), .tensor(gradient))))
    }
    w2 = try moved(w2, .matmul(a1.transposed(), d2))
    b2 = try moved(b2, d2.reduce(.sum, axes: [0]))
    w1 = try moved(w1, .matmul(x.transposed(), d1))
    b1 = try moved(b1, d1.reduce(.sum, axes: [0]))
  }
}
