import NNSource
import NNTensor
import Testing

@testable import NNNetwork

/// The catalogue: what is done wrong, what is said, how to mend it.
struct NetworkProblemTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let id: String
    let run: @Sendable () throws -> Void
    let message: String
    let hint: String?
    var testDescription: String { id }

    init(
      _ id: String, _ message: String, hint: String? = nil,
      _ run: @escaping @Sendable () throws -> Void
    ) {
      self.id = id
      self.message = message
      self.hint = hint
      self.run = run
    }
  }

  @Test("Each problem says what, with values and shapes", arguments: rows)
  func wording(_ row: Row) throws {
    let error = #expect(throws: Problem.self, performing: row.run)
    #expect(error?.wording.message == row.message)
    #expect(error?.wording.hint == row.hint)
  }

  static let rows = building + weights + samples + training + functions

  static let building: [Row] = [
    Row(
      "no layer", "the network has no layer",
      hint: "write one below `input`, such as `dense 3 softmax`"
    ) { _ = try network(3, []) },
    Row("dtype", "a network can't compute in int64", hint: "dtype is float64 or float32") {
      _ = try network(3, [(2, .linear)], dtype: .int64)
    },
    Row(
      "input size", "the input has 0 values a sample; it needs at least 1",
      hint: "`input` takes the number of columns, x.shape[1]"
    ) { _ = try network(0, [(2, .linear)]) },
    Row("divisor", "inputs can't be divided by 0.0", hint: "bytes are divided by 255") {
      _ = try network(2, [(2, .linear)], divide: 0)
    },
    Row(
      "divisor that float32 takes for 0", "inputs can't be divided by 1e-60",
      hint: "bytes are divided by 255"
    ) { _ = try network(2, [(2, .linear)], divide: 1e-60, dtype: .float32) },
    Row("layer size", "layer 2 has -1 units; it needs at least 1") {
      _ = try network(2, [(2, .linear), (-1, .linear)])
    },
    Row(
      "activation", "there is no activation called 'sigmoyd'", hint: "did you mean 'sigmoid'?"
    ) { _ = try Activation(named: "sigmoyd") },
    Row(
      "unheard of activation", "there is no activation called 'gelu_new'",
      hint: "there are linear, step, sigmoid, tanh, arctan, relu, leaky_relu, prelu, elu, softplus "
        + "and softmax"
    ) { _ = try Activation(named: "gelu_new") },
    Row(
      "loss", "there is no loss called 'rmse'", hint: "did you mean 'mse'?"
    ) { _ = try Loss(named: "rmse") },
    Row(
      "dropout rate", "dropout can't leave out a share of 1.0",
      hint: "the rate is from 0 up to, but not, 1: `dropout 0.5` leaves out half"
    ) { try make([.dropout(rate: 1), .dense(units: 1, activation: .linear)]) },
    Row(
      "dropout at the end", "dropout after the last layer would leave out answers",
      hint: "write `dropout` above the last `dense`"
    ) { try make([.dense(units: 1, activation: .linear), .dropout(rate: 0.5)]) },
    Row(
      "dropout twice", "two dropout lines follow each other", hint: "write one between two layers"
    ) {
      try make([
        .dropout(rate: 0.1), .dropout(rate: 0.5), .dense(units: 1, activation: .linear),
      ])
    },
  ]

  static let weights: [Row] = [
    Row(
      "range", "uniform(1.0, -1.0) is no range to draw from",
      hint: "the smaller number comes first: uniform(-1.0, 1.0)"
    ) { try draw(.uniform(low: 1, high: -1)) },
    Row("deviation", "normal(0.0, -1.0) can't be drawn: the deviation has to be 0 or more") {
      try draw(.normal(mean: 0, deviation: -1))
    },
    Row("field", "the network has no field 'W3'", hint: "it has W1, b1, W2 and b2") {
      _ = try small().parameter("W3")
    },
    Row(
      "no bias", "layer 1 has no bias: it was made with bias=false",
      hint: "leave `bias=false` out of its line in the network"
    ) { _ = try network(2, [(2, .linear)], bias: false).parameter("b1") },
    Row(
      "transposed weights", "W1 has shape (3, 4) and can't become (4, 3)",
      hint: "its transpose fits: `.T`"
    ) { try set("W1", spread([4, 3])) },
    Row(
      "weights of another shape", "W1 has shape (3, 4) and can't become (3, 5)",
      hint: "weights have shape (inputs, outputs)"
    ) { try set("W1", spread([3, 5])) },
    Row(
      "bias of another shape", "b1 has shape (4,) and can't become (4, 1)",
      hint: "biases have shape (outputs,)"
    ) { try set("b1", spread([4, 1])) },
    Row(
      "number of weights", "3 tensors for 2 layers",
      hint: "give the weights of each layer, 2, or weights and biases in turn, 4"
    ) {
      var network = try small()
      try network.setParameters([spread([3, 4]), spread([4]), spread([4, 2])])
    },
  ]

  static let samples: [Row] = [
    Row(
      "input width", "x of shape (5, 4) does not fit a network of 3 inputs",
      hint: "a sample of x has 4 values: write `input 4`"
    ) { _ = try small().forward(spread([5, 4])) },
    Row(
      "picture width", "x of shape (5, 2, 2) does not fit a network of 3 inputs",
      hint: "a sample of x has 4 values: write `input 4`"
    ) { _ = try small().forward(spread([5, 2, 2])) },
    Row(
      "samples as columns", "x of shape (3, 8) does not fit a network of 3 inputs",
      hint: "its transpose fits: `x.T` has a row a sample"
    ) { _ = try small().forward(spread([3, 8])) },
    Row(
      "one sample too short", "x of shape (2,) does not fit a network of 3 inputs",
      hint: "a sample has 3 values"
    ) { _ = try small().forward(spread([2])) },
    Row("no samples", "x of shape (0, 3) holds no sample") {
      _ = try small().forward(Tensor(zeros: [0, 3], .float64))
    },
    Row(
      "sample counts", "x has 5 samples and y has 4",
      hint: "the first axis of both counts the samples"
    ) { try train(spread([5, 3]), classes([0, 1, 0, 1])) },
    Row(
      "target width", "y of shape (5, 3) does not fit 2 outputs",
      hint: "give class numbers below 2, or rows of 2"
    ) { try train(spread([5, 3]), spread([5, 3])) },
    Row(
      "too few outputs", "y holds class 3 in sample 1, and the network has 2 outputs",
      hint: "classes count from 0: 4 of them need a last layer of 4"
    ) { try train(spread([3, 3]), classes([0, 3, 1])) },
    Row(
      "classes from 1", "y holds class 2 in sample 0, and the network has 2 outputs",
      hint: "classes count from 0: yours begin at 1, so train on y - 1"
    ) { try train(spread([3, 3]), classes([2, 1, 1])) },
    Row(
      "negative class", "-1 at index 2 is not a class number", hint: "classes count from 0"
    ) { try train(spread([3, 3]), classes([0, 1, -1])) },
    Row(
      "class not whole", "0.5 at index 0 is not a class number",
      hint: "class numbers are whole; rows of targets have a column for each output"
    ) { try train(spread([2, 3]), Tensor([0.5, 1], shape: nil)) },
    Row(
      "classes of one output",
      "the target 2.0 of sample 1 is no probability, which binary_cross_entropy needs",
      hint: "class numbers need an output for each class; values need `loss=mse`"
    ) { try train(spread([2, 3]), classes([0, 2]), network(3, [(1, .sigmoid)])) },
    Row(
      "several right answers",
      "the targets of sample 0 sum to 2.0; cross_entropy needs rows that sum to 1",
      hint: "where several outputs may be right at once, use sigmoid and "
        + "`loss=binary_cross_entropy`"
    ) { try train(spread([1, 3]), matrix([[1, 1]])) },
  ]

  static let training: [Row] = [
    Row("epochs", "can't train for 0 epochs", hint: "epochs is at least 1") {
      try train { $0.epochs = 0 }
    },
    Row("lr", "can't learn at lr=-0.1", hint: "lr is a positive number, such as 0.1") {
      try train { $0.learningRate = -0.1 }
    },
    Row(
      "batch", "a batch can't have 0 samples",
      hint: "batch is at least 1, or `all` for the whole set"
    ) { try train { $0.batch = .samples(0) } },
    Row(
      "a setting of another", "adam has no option 'momentum'",
      hint: "sgd and rmsprop have it; adam has beta_1, beta_2 and epsilon"
    ) { try set(.momentum, to: 0.9, of: .adam) },
    Row(
      "a setting of one other", "sgd has no option 'elite'",
      hint: "genetic has it; sgd has momentum and nesterov"
    ) { try set(.elite, to: 2, of: .sgd) },
    Row(
      "setting", "momentum can't be 1.5", hint: "momentum is from 0 up to, but not, 1"
    ) { try set(.momentum, to: 1.5, of: .sgd) },
    Row("epsilon", "epsilon can't be 0.0", hint: "epsilon is a small positive number") {
      try set(.epsilon, to: 0, of: .adam)
    },
    Row("population", "population can't be 1.0", hint: "population is from 2 to 1000000") {
      try set(.population, to: 1, of: .genetic)
    },
    Row(
      "nesterov", "nesterov looks ahead along the momentum, and there is none",
      hint: "give both: momentum=0.9 nesterov=true"
    ) { try set(.nesterov, to: 1, of: .sgd) },
    Row(
      "elite", "an elite of 60 leaves no place for children in a population of 50",
      hint: "elite is less than population"
    ) { try set(.elite, to: 60, of: .genetic) },
    Row(
      "l2", "can't add l2=-1.0 to a loss", hint: "l2 is 0 or a small positive number: l2=1e-4"
    ) { try train { $0.l2 = -1 } },
    Row("patience", "can't wait for 0 epochs", hint: "patience is at least 1") {
      try train { $0.patience = 0 }
    },
    Row(
      "validation share", "validation can't take a share of 1.5",
      hint: "validation=0.2 keeps the last fifth of the samples; validation=(x, y) takes others"
    ) { try train { $0.validation = .share(1.5) } },
    Row("an empty side", "a share of 0.9 of 2 samples leaves none for one side") {
      try train { $0.validation = .share(0.9) }
    },
    Row(
      "schedule", "the schedule gives the learning rate -1.0 for epoch 0",
      hint: "it gives a number of 0 or more; epochs count from 0"
    ) {
      var network = try small()
      var random = RandomStream(seed: 0)
      try Trainer(TrainingOptions()).train(
        &network, on: spread([2, 3]), classes([0, 1]), random: &random, rate: { _, _ in -1 })
    },
    Row(
      "logarithm of anything",
      "cross_entropy takes logarithms of probabilities, and a last layer of relu gives others",
      hint: "let the last layer be softmax, or use `loss=mse`"
    ) {
      try train(spread([1, 3]), classes([0]), network(3, [(2, .relu)])) { $0.loss = .crossEntropy }
    },
    Row(
      "accuracy of values",
      "accuracy needs a class for each sample, and the targets are other values",
      hint: "class numbers and rows with a single 1 are classes"
    ) {
      try train(spread([1, 3]), matrix([[0.5, 0.5]])) { $0.metrics = [.accuracy] }
    },
    Row(
      "classes of a value", "a network with one linear output gives values, not classes",
      hint: "`net(x)` gives the values"
    ) { _ = try network(3, [(1, .linear)]).predict(spread([1, 3])) },
    Row(
      "metric", "there is no metric called 'recall'",
      hint: "there are accuracy, mse, half_mse, binary_cross_entropy and cross_entropy"
    ) { _ = try Metric(named: "recall") },
    Row(
      "validation", "in validation, x has 2 samples and y has 3",
      hint: "the first axis of both counts the samples"
    ) { try train { $0.validation = .samples(x: spread([2, 3]), y: classes([0, 1, 1])) } },
    Row(
      "nan in x", "the loss can't be computed: x holds nan in sample 1, column 2",
      hint: "drop such samples, or put a number there"
    ) { try train(matrix([[1, 2, 3], [1, 2, .nan]]), classes([0, 1])) },
    // x86 gives inf - inf a sign that arm64 does not.
    Row(
      "nan with a sign in x", "the loss can't be computed: x holds nan in sample 0, column 1",
      hint: "drop such samples, or put a number there"
    ) { try train(matrix([[1, -.nan, 3], [1, 2, 3]]), classes([0, 1])) },
    Row(
      "epsilon that float32 takes for 0", "epsilon can't be 1e-60",
      hint: "epsilon is a number that float32 holds, such as 1e-7"
    ) {
      try train(
        spread([2, 3]), classes([0, 1]), try network(3, [(2, .softmax)], dtype: .float32)
      ) {
        $0.optimizer = Optimizer(.adam)
        try? $0.optimizer.set(.epsilon, to: 1e-60)
      }
    },
  ]

  static let functions: [Row] = [
    Row(
      "derivative",
      "softmax has no derivative element by element: each output depends on the whole row",
      hint: "after softmax, the gradient of cross_entropy is prediction − target"
    ) { _ = try Activation.softmax.derivative(at: spread([2, 2])) },
    Row(
      "loss shapes",
      "mse can't compare a prediction of shape (5, 3) with a target of shape (5, 2)",
      hint: "the target has the prediction's shape, or is one class number a row"
    ) { _ = try Loss.mse.value(spread([5, 3]), spread([5, 2])) },
    Row(
      "metric shapes",
      "a target of shape (3,) and a prediction of shape (2,) do not have the same number of samples"
    ) { _ = try Metrics.accuracy(classes([0, 1, 2]), classes([0, 1])) },
    Row(
      "metric rank", "shape (2, 2, 2) holds neither class numbers nor rows of scores",
      hint: "class numbers have shape (n,), rows (n, classes)"
    ) { _ = try Metrics.accuracy(classes([0]), spread([2, 2, 2])) },
    Row(
      "absurd class", "9223372036854775807 is not a class number",
      hint: "classes count from 0, without gaps"
    ) { _ = try Metrics.confusionMatrix(classes([0, .max]), classes([0, 1])) },
    Row("class count", "there can't be 0 classes", hint: "classes is at least 1") {
      _ = try oneHot(classes([0]), classes: 0)
    },
    Row(
      "label too large", "class 3 at index 1 is too large for 3 classes",
      hint: "classes count from 0 to 2"
    ) { _ = try oneHot(classes([0, 3]), classes: 3) },
  ]

  private static func classes(_ numbers: [Int]) -> Tensor { Tensor(numbers, shape: nil) }
  private static func small() throws -> Network { try network(3, [(4, .tanh), (2, .softmax)]) }

  private static func make(_ layers: [LayerSpecification]) throws {
    var random = RandomStream(seed: 0)
    _ = try Network(inputs: 2, layers: layers, random: &random)
  }

  private static func set(
    _ setting: Optimizer.Setting, to value: Double, of kind: Optimizer.Kind
  ) throws {
    var optimizer = Optimizer(kind)
    try optimizer.set(setting, to: value)
    try train { $0.optimizer = optimizer }
  }

  private static func draw(_ initializer: Initializer) throws {
    var network = try small()
    var random = RandomStream(seed: 0)
    try network.initialize(random: &random) { _, _ in initializer }
  }

  private static func set(_ name: String, _ value: Tensor) throws {
    var network = try small()
    try network.setParameter(name, to: value)
  }

  private static func train(
    _ x: Tensor = spread([2, 3]), _ y: Tensor = classes([0, 1]),
    _ network: @autoclosure () throws -> Network = try small(),
    _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws {
    var network = try network()
    var random = RandomStream(seed: 0)
    try Trainer(options(change)).train(&network, on: x, y, random: &random)
  }
}
