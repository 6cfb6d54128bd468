import NNLanguage
import NNNetwork
import NNOutput
import NNSource
import NNTensor

extension Registry {
  private static func option(
    _ name: String, _ type: ParameterType, _ standard: String, words: [String] = [], help: String
  ) -> SignatureParameter {
    SignatureParameter(name, type, standard: standard, words: words, help: help)
  }

  /// `train`'s options in the order of their indices below, behind net, x and y.
  private static let options: [SignatureParameter] = [
    option("epochs", "integer", "10", help: "how many times to go through all samples"),
    option(
      "lr", "number", "0.01", help: "the learning rate: how far each step goes against the slope"),
    option(
      "batch", "integer", "32", words: ["all"],
      help: "how many samples make one step; all takes every sample into each step"),
    option(
      "loss", "word", "none", words: Loss.allCases.map(\.rawValue),
      help: "what is made small; none chooses by the last activation"),
    option(
      "optimizer", "word", "sgd", words: Optimizer.allCases.map(\.rawValue),
      help: "how a slope becomes a step"),
    option(
      "shuffle", "bool", "true", help: "whether the samples come in a new random order each epoch"),
    option(
      "reduction", "word", "mean", words: LossReduction.allCases.map(\.rawValue),
      help: "whether the samples' losses are averaged or added up"),
    option(
      "validation", "pair", "none",
      help: "samples held back, (x, y): measured after each epoch, never learnt from"),
    option(
      "metrics", "list of strings", "none",
      help: "what else to measure: \"accuracy\" or the name of a loss; none measures "
        + "accuracy where samples have a class"),
    option(
      "every", "integer", "none",
      help: "the log shows each such epoch; none shows about twenty rows"),
  ]

  static let trainCommand = RegistryEntry.command(
    "train",
    [
      Clause(
        nil,
        [
          SignatureParameter(
            "net", "network", form: .changed,
            help: "the network to train; its name then means the trained one")
        ]),
      Clause(
        "on",
        [
          SignatureParameter(
            "x", "tensor", help: "the samples, a row each; more axes are flattened"),
          SignatureParameter(
            "y", "tensor",
            help: "what they should give: class numbers, or a row of targets a sample"),
        ]),
    ],
    options: options
      + UnbuiltOption.allCases.map {
        option($0.rawValue, "any", "none", help: "not built yet in this version")
      },
    family: "networks",
    "trains a network by gradient descent and shows a log of the epochs",
    example: """
      seed 1
      network net:
          input 2
          dense 4 tanh
          dense 1 sigmoid
      x = [[0, 0], [0, 1], [1, 0], [1, 1]]
      y = [[0], [1], [1], [0]]
      train net on x, y epochs=300 lr=2 batch=all every=60
      plot net.history.loss xlabel="epoch" ylabel="loss"
      print net(x)
      """, effects: [.output, .random],
    notes: """
      Each epoch goes through all samples, batch by batch: the network predicts, the loss says how wrong \
      it is, backpropagation finds the slope of the loss for every weight, and the optimizer takes a step \
      against it: `w = w - lr * slope`.

      Losses:

      \(Loss.allCases.map { "- \($0.rawValue): \($0.use)" }.joined(separator: "\n"))

      Optimizers:

      \(Optimizer.allCases.map { "- \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

      `net.history` holds a vector for each thing measured, an element an epoch: \
      `net.history.loss`, `net.history.accuracy` where samples have a class, \
      `net.history.val_loss` and the like with `validation=(x, y)`. An epoch's loss is measured on the way, before each step. To train again goes \
      on from the weights reached, and appends to the history.

      A loss that becomes nan or inf stops the training and says at which epoch: take a smaller `lr`.
      """, seeAlso: ["network", "evaluate", "predict", "init", "weights", "plot"]
  ) { arguments in
    let value = try arguments.network(0)
    let training = try trainingOptions(arguments)
    let every = try arguments.isSome(12) ? arguments.int(12) : nil
    if let every, every < 1 {
      throw arguments.failure(
        12,
        .call(
          .outOfRange(
            callee: "train", parameter: "every", found: String(every), expected: "1 or more")))
    }
    var network = value.network
    let interpreter = arguments.interpreter
    var random = interpreter.random
    var log = TrainingLog(epochs: training.epochs, every: every)
    let warnings = try arguments.placing(x: 1, y: 2, options: trainingPlace) {
      try Trainer(training).train(
        &network, on: try arguments.tensor(1), try arguments.tensor(2), random: &random,
        progress: { progress in
          log.add(progress)
          interpreter.onProgress?(
            Progress(epoch: progress.epoch, epochs: progress.epochs, loss: progress.loss))
        }, checkLimits: interpreter.checkLimits)
    }
    interpreter.random = random
    for warning in warnings {
      try interpreter.emit(.diagnostic(Diagnostic(.warning, warning, at: arguments.range)))
    }
    try interpreter.emit(.table(log.table))
    return .network(NetworkValue(name: value.name, network: network))
  }

  /// The option that a problem of the training speaks of.
  private static func trainingPlace(_ problem: NetworkProblem) -> Int? {
    switch problem {
    case .epochs: 3
    case .learningRate: 4
    case .batch: 5
    case .lossNeedsProbabilities: 6
    case .inValidation: 10
    default: nil
    }
  }

  private static func trainingOptions(_ arguments: Arguments) throws -> TrainingOptions {
    for (offset, unbuilt) in UnbuiltOption.allCases.enumerated()
    where arguments.isGiven(3 + options.count + offset) {
      throw arguments.failure(3 + options.count + offset, unbuilt.problem)
    }
    var training = TrainingOptions()
    training.epochs = try arguments.int(3, default: training.epochs)
    training.learningRate = try arguments.double(4, default: training.learningRate)
    if case .string = arguments.value(5) {
      training.batch = .all
    } else if arguments.isGiven(5) {
      training.batch = .samples(try arguments.int(5))
    }
    if let loss = try arguments.optionalString(6) {
      training.loss = try arguments.at(6) { try Loss(named: loss) }
    }
    if let optimizer = try arguments.optionalString(7) {
      training.optimizer = try arguments.at(7) { try Optimizer(named: optimizer) }
    }
    training.shuffle = try arguments.bool(8, default: training.shuffle)
    if let reduction = try arguments.optionalString(9) {
      training.reduction = try arguments.at(9) { try LossReduction(named: reduction) }
    }
    if arguments.isSome(10) {
      guard case .tuple(let pair) = arguments.value(10), pair.count == 2,
        let x = try pair[0].tensor(), let y = try pair[1].tensor()
      else { throw arguments.wrongType(10, expected: "a pair (x, y)") }
      training.validation = TrainingOptions.Validation(x: x, y: y)
    }
    if arguments.isSome(11) {
      training.metrics = try arguments.strings(11).map { name in
        try arguments.at(11) { try Metric(named: name) }
      }
    }
    return training
  }
}

extension Loss {
  /// What it is for, in a line of the help.
  fileprivate var use: String {
    switch self {
    case .mse: "the mean squared error, for numbers; the default after most layers"
    case .halfMse: "half of it, added over outputs; its slope is prediction - target"
    case .binaryCrossEntropy: "yes or no at each output; the default after sigmoid"
    case .crossEntropy: "one class out of several; the default after softmax"
    }
  }
}

extension Optimizer {
  /// What it does, in a line of the help.
  fileprivate var summary: String {
    let rule =
      switch self {
      case .sgd: "w = w - lr * slope, for each batch"
      case .rmsprop: "divides each step by a running mean of the slope's size"
      case .adagrad: "divides each step by the sum of all slopes so far"
      case .adam: "running means of slope and size: steady steps with little tuning"
      case .adamw: "adam, with weights that decay on their own"
      case .genetic: "no slopes: the best of a population of networks, changed at random"
      }
    return isBuilt ? rule : rule + " (not built yet)"
  }
}

extension Arguments {
  /// Puts what `body` finds wrong with the samples where they stand: `x` and `y` are the indices of
  /// their arguments.
  func placing<T>(
    x: Int, y: Int? = nil, options: (NetworkProblem) -> Int? = { _ in nil }, _ body: () throws -> T
  ) throws -> T {
    do {
      return try body()
    } catch let problem as Problem {
      guard case .network(let fact) = problem else { throw problem }
      let index: Int?
      switch fact {
      case .inputWidth, .noSamples, .inputNotFinite: index = x
      case .sampleCounts, .targetWidth, .targetClass, .classOutOfRange, .negativeClass,
        .classNotWhole, .targetOutsideUnit, .targetRowSum, .targetNotFinite:
        index = y
      default: index = options(fact)
      }
      guard let index, isGiven(index) else { throw problem }
      throw failure(index, problem)
    }
  }
}

/// The epochs a training's log shows: the first, the last and evenly spaced ones between.
private struct TrainingLog {
  private let every: Int
  private let epochs: Int
  private var rows: [[TableOutput.Cell]] = []
  private var columns: [String] = []

  init(epochs: Int, every: Int?) {
    self.epochs = epochs
    self.every = every ?? Self.spacing(epochs)
  }

  /// About twenty rows, at round numbers.
  private static func spacing(_ epochs: Int) -> Int {
    var step = 1
    while true {
      for factor in [1, 2, 5] where epochs <= 20 * step * factor { return step * factor }
      guard step < epochs else { return step }
      step *= 10
    }
  }

  mutating func add(_ progress: Trainer.Progress) {
    guard progress.epoch == 1 || progress.epoch == epochs || progress.epoch % every == 0 else {
      return
    }
    columns = ["epoch"] + progress.measured.map(\.name)
    rows.append(
      [Registry.number(Double(progress.trained), text: String(progress.trained))]
        + progress.measured.map { Registry.number($0.value) })
  }

  var table: TableOutput { TableOutput(columns: columns, rows: rows) }
}
