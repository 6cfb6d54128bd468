import NNLanguage
import NNNetwork
import NNOutput
import NNSource
import NNTensor

extension Registry {
  private static func option(
    _ name: String, _ type: String, _ standard: String, words: [String] = []
  ) -> SignatureParameter {
    SignatureParameter(name, type, standard: standard, words: words)
  }

  /// `train`'s options in the order of their indices below, behind net, x and y.
  private static let options: [SignatureParameter] = [
    option("epochs", "integer", "10"), option("lr", "number", "0.01"),
    option("batch", "integer", "32", words: ["all"]),
    option("loss", "loss", "none", words: Loss.allCases.map(\.rawValue)),
    option("optimizer", "optimizer", "sgd", words: Optimizer.allCases.map(\.rawValue)),
    option("shuffle", "bool", "true"),
    option("reduction", "word", "mean", words: LossReduction.allCases.map(\.rawValue)),
    option("validation", "(x, y)", "none"), option("metrics", "list", "none"),
    option("every", "integer", "none"),
  ]

  static let trainCommand = RegistryEntry.command(
    "train",
    [
      Clause(nil, [SignatureParameter("net", "network", form: .changed)]),
      Clause("on", [SignatureParameter("x", "tensor"), SignatureParameter("y", "tensor")]),
    ],
    options: options + UnbuiltOption.allCases.map { option($0.rawValue, "not built yet", "none") },
    family: "networks",
    "trains a network by gradient descent and shows a log of the epochs",
    example: """
      network net:
          input 2
          dense 4 tanh
          dense 1 sigmoid
      x = [[0, 0], [0, 1], [1, 0], [1, 1]]
      y = [[0], [1], [1], [0]]
      train net on x, y epochs=5 lr=0.5 batch=all
      plot net.history.loss
      """, effects: [.output, .random]
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
    if case .string(let word) = arguments.value(5) {
      guard word == "all" else {
        throw arguments.failure(
          5, .call(.badChoice(callee: "train", parameter: "batch", found: word, known: ["all"])))
      }
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
