import NNLanguage
import NNNetwork
import NNOutput
import NNSource
import NNTensor

/// `train`'s options, in the order of the signature.
private enum TrainOption: String, CaseIterable {
  case epochs, lr, batch, loss, optimizer, shuffle, reduction, validation, metrics, every, l2
  case schedule, patience
  // Those of some optimizers: the settings of `Optimizer`.
  case momentum, nesterov, rho
  case beta1 = "beta_1"
  case beta2 = "beta_2"
  case epsilon
  case weightDecay = "weight_decay"
  case population, mutation, elite

  /// Its index among the arguments: net, x and y come first.
  var index: Int { 3 + (Self.allCases.firstIndex(of: self) ?? 0) }

  var setting: Optimizer.Setting? { Optimizer.Setting(rawValue: rawValue) }

  var parameter: SignatureParameter {
    func option(
      _ type: ParameterType, _ standard: String, words: [String] = [], _ help: String
    ) -> SignatureParameter {
      SignatureParameter(rawValue, type, standard: standard, words: words, help: help)
    }
    if let setting { return option(setting.typeName, setting.standardText, setting.help) }
    return switch self {
    case .epochs: option("integer", "10", "how many times to go through all samples")
    case .batch:
      option(
        "integer", "32", words: ["all"],
        "how many samples make one step; all takes every sample into each step")
    case .loss:
      option(
        "word", "none", words: Loss.allCases.map(\.rawValue),
        "what is made small; none chooses by the last activation")
    case .optimizer:
      option(
        "word", "sgd", words: Optimizer.Kind.allCases.map(\.rawValue), "how a slope becomes a step")
    case .shuffle:
      option("bool", "true", "whether the samples come in a new random order each epoch")
    case .reduction:
      option(
        "word", "mean", words: LossReduction.allCases.map(\.rawValue),
        "whether the samples' losses are averaged or added up")
    case .validation:
      option(
        "pair or number", "none",
        "samples held back, (x, y), or the share of the samples that is held back, from the end: "
          + "measured after each epoch, never learnt from")
    case .metrics:
      option(
        "list of strings", "none", words: Metric.names,
        "what else to measure; none measures accuracy where samples have a class")
    case .every:
      option("integer", "none", "the log shows each such epoch; none shows about twenty rows")
    case .patience:
      option("integer", "none", "how many epochs without a smaller loss end the training early")
    case .l2:
      option("number", "0", "the weight of the squared weights in the loss: keeps them small")
    case .schedule:
      option(
        "word or function", "constant", words: Schedule.allCases.map(\.rawValue),
        "how the learning rate changes: a word, or a function of the epoch that gives the rate")
    default:
      option(
        "number", "none",
        "the learning rate: how far each step goes; none takes the optimizer's own, 0.01 for sgd")
    }
  }
}

extension Optimizer.Setting {
  fileprivate var typeName: ParameterType {
    self == .nesterov ? "bool" : isWhole ? "integer" : "number"
  }

  fileprivate var standardText: String {
    if self == .nesterov { return "false" }
    return isWhole || standard == 0 ? String(Int(standard)) : PythonText.repr(standard)
  }

  fileprivate var help: String {
    switch self {
    case .momentum: "how much of the last step each step keeps (sgd, rmsprop)"
    case .nesterov: "whether the step looks ahead along the momentum (sgd)"
    case .rho: "how slowly the mean of the squared slopes forgets (rmsprop)"
    case .beta1: "how slowly the mean of the slopes forgets (adam, adamw)"
    case .beta2: "how slowly the mean of the squared slopes forgets (adam, adamw)"
    case .epsilon: "what keeps a division by a small mean in bounds"
    case .weightDecay: "the share of each weight, times lr, that a step takes off (adamw)"
    case .population: "how many networks live at a time (genetic)"
    case .mutation: "the chance that a weight of a child is changed (genetic)"
    case .elite: "how many of the best live on unchanged (genetic)"
    }
  }
}

extension Registry {
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
    options: TrainOption.allCases.map(\.parameter), family: "networks",
    "trains a network, by gradient descent or a genetic search, and shows a log of the epochs",
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

      \(Optimizer.Kind.allCases.map { "- \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

      `net.history` holds a vector for each thing measured, an element an epoch: \
      `net.history.loss`, `net.history.accuracy` where samples have a class, \
      `net.history.val_loss` and the like with `validation=(x, y)`. An epoch's loss is measured on the way, before each step. To train again goes \
      on from the weights reached, and appends to the history.

      A loss that becomes nan or inf stops the training and says at which epoch: take a smaller `lr`.
      """, seeAlso: ["network", "evaluate", "predict", "init", "weights", "plot"]
  ) { arguments in
    let value = try arguments.network(0)
    let training = try arguments.trainingOptions()
    let every = try arguments.isSome(.every) ? arguments.int(TrainOption.every.index) : nil
    if let every, every < 1 {
      throw arguments.failure(
        TrainOption.every.index,
        .call(
          .outOfRange(
            callee: "train", parameter: "every", found: String(every), expected: "1 or more")))
    }
    let rates = try arguments.scheduledRates(training)
    var network = value.network
    let interpreter = arguments.interpreter
    var random = interpreter.random
    var log = TrainingLog(epochs: training.epochs, every: every)
    let samples = try arguments.tensor(1).shape.first ?? 1
    let passes = training.optimizer.kind == .genetic ? Int(training.optimizer[.population]) : 3
    let parameters = network.parameterCount
    let outcome = try arguments.placing(x: 1, y: 2, options: trainingPlace) {
      try Trainer(training).train(
        &network, on: try arguments.tensor(1), try arguments.tensor(2), random: &random,
        progress: { progress in
          try interpreter.take(multiplications: samples, parameters, passes)
          log.add(progress)
          interpreter.onProgress?(
            Progress(
              epoch: progress.epoch, epochs: progress.epochs, loss: progress.loss,
              timeLeft: progress.timeLeft))
        },
        rate: rates.map { rates in { epoch, _ in rates[epoch] } })
    }
    interpreter.random = random
    for warning in outcome.warnings {
      try interpreter.emit(.diagnostic(Diagnostic(.warning, warning, at: arguments.range)))
    }
    try interpreter.emit(.table(log.table))
    if let epoch = outcome.stoppedAfter, epoch < training.epochs {
      try interpreter.emit(
        .text("stopped after epoch \(epoch): \(outcome.watched) fell no more\n"))
    }
    return .network(NetworkValue(name: value.name, network: network))
  }

  /// The option that a problem of the training speaks of.
  private static func trainingPlace(_ problem: NetworkProblem) -> Int? {
    let option: TrainOption? =
      switch problem {
      case .epochs: .epochs
      case .learningRate: .lr
      case .batch: .batch
      case .lossNeedsProbabilities: .loss
      case .inValidation, .validationShare, .emptyShare: .validation
      case .l2: .l2
      case .patience: .patience
      case .scheduledRate: .schedule
      case .nesterovWithoutMomentum: .nesterov
      case .elite: .elite
      case .optimizerSetting(let name, _, _): TrainOption(rawValue: name)
      default: nil
      }
    return option?.index
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

extension Optimizer.Kind {
  /// What it does, in a line of the help.
  fileprivate var summary: String {
    switch self {
    case .sgd: "w = w - lr * slope, for each batch"
    case .rmsprop: "divides each step by a running mean of the slope's size"
    case .adagrad: "divides each step by the sum of all slopes so far"
    case .adam: "running means of slope and size: steady steps with little tuning"
    case .adamw: "adam, with weights that decay on their own"
    case .genetic: "no slopes: the best of a population of networks, changed at random"
    }
  }
}

extension Arguments {
  fileprivate func isGiven(_ option: TrainOption) -> Bool { isGiven(option.index) }
  fileprivate func isSome(_ option: TrainOption) -> Bool { isSome(option.index) }

  /// The word of a list that an option gives; nil where it is left out.
  fileprivate func word<T: Named>(_ option: TrainOption, _: T.Type) throws -> T? {
    try optionalString(option.index).map { name in
      try at(option.index) { try T(named: name) }
    }
  }

  fileprivate func trainingOptions() throws -> TrainingOptions {
    var training = TrainingOptions()
    training.epochs = try int(TrainOption.epochs.index, default: training.epochs)
    if isSome(.lr) { training.learningRate = try double(TrainOption.lr.index) }
    training.loss = try word(.loss, Loss.self)
    training.optimizer = try optimizer()
    training.batch = try batch() ?? training.batch
    training.shuffle = try bool(TrainOption.shuffle.index, default: training.shuffle)
    training.reduction = try word(.reduction, LossReduction.self) ?? training.reduction
    training.validation = try validation()
    training.metrics = try metrics()
    training.l2 = try double(TrainOption.l2.index, default: training.l2)
    if isSome(.patience) { training.patience = try int(TrainOption.patience.index) }
    if isSome(.schedule), case .string = value(TrainOption.schedule.index) {
      training.schedule = try word(.schedule, Schedule.self) ?? training.schedule
    }
    return training
  }

  private func optimizer() throws -> Optimizer {
    var optimizer = Optimizer(try word(.optimizer, Optimizer.Kind.self) ?? .sgd)
    for option in TrainOption.allCases where isGiven(option) {
      guard let setting = option.setting else { continue }
      let index = option.index
      let number: Double =
        switch setting {
        case .nesterov: try bool(index, default: false) ? 1 : 0
        case .population, .elite: Double(try int(index))
        default: try double(index)
        }
      try at(index) { try optimizer.set(setting, to: number) }
    }
    if optimizer.kind == .genetic {
      // A generation is measured on all samples, in their order.
      for option in [TrainOption.batch, .shuffle] where isGiven(option) {
        throw failure(option.index, .network(optimizer.kind.lacks(option.rawValue)))
      }
    }
    return optimizer
  }

  private func batch() throws -> TrainingOptions.Batch? {
    let index = TrainOption.batch.index
    guard isGiven(.batch) else { return nil }
    guard case .string(let word) = value(index) else { return .samples(try int(index)) }
    guard word == "all" else {
      throw failure(
        index, .call(.badChoice(callee: "train", parameter: "batch", found: word, known: ["all"])))
    }
    return .all
  }

  private func validation() throws -> TrainingOptions.Validation? {
    let index = TrainOption.validation.index
    guard isSome(.validation) else { return nil }
    if let share = value(index).double { return .share(share) }
    guard case .tuple(let pair) = value(index), pair.count == 2, let x = try pair[0].tensor(),
      let y = try pair[1].tensor()
    else { throw wrongType(index, expected: "a pair (x, y), or a share of the samples") }
    return .samples(x: x, y: y)
  }

  private func metrics() throws -> [Metric]? {
    let index = TrainOption.metrics.index
    guard isSome(.metrics) else { return nil }
    if case .string(let name) = value(index) { return [try at(index) { try Metric(named: name) }] }
    // In a list a bare name is the function of that name.
    let names = try value(index).items()?.map { item in
      if case .function(let function) = item { function.name } else { item.text }
    }
    return try (names ?? strings(index)).map { name in
      try at(index) { try Metric(named: name) }
    }
  }

  /// The learning rates of a schedule that is a function: of the epoch, counted from 0, or of the
  /// epoch and the rate before. It is asked for all epochs before the training begins, so that
  /// what it draws does not mix with what the training draws.
  fileprivate func scheduledRates(_ training: TrainingOptions) throws -> [Double]? {
    let index = TrainOption.schedule.index
    guard isSome(.schedule) else { return nil }
    if case .string = value(index) { return nil }
    guard case .function(let function) = value(index) else {
      throw wrongType(
        index,
        expected: "a function of the epoch, or one of "
          + Schedule.allCases.map(\.rawValue).joined(separator: ", "))
    }
    var rate = training.learningRate ?? training.optimizer.kind.learningRate
    var rates: [Double] = []
    for epoch in 0..<max(0, training.epochs) {
      if epoch % 1000 == 0 { try Allowance.check() }
      let result = try interpreter.call(
        function, function.takesTwo ? [.int(epoch), .float(rate)] : [.int(epoch)],
        at: ranges[index])
      guard let next = result.double else {
        throw failure(
          index,
          .call(
            .wrongType(
              callee: "train", parameter: "schedule", expected: "a function that gives a number",
              found: "one that gives \(result.kindName)")))
      }
      rate = next
      rates.append(rate)
    }
    return rates
  }

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

extension FunctionValue {
  /// Whether it can't do without a second argument.
  fileprivate var takesTwo: Bool {
    guard case .closure(let closure) = kind else { return false }
    let parameters = closure.code.parameters
    return parameters.count >= 2 && !parameters[1].hasDefault
  }
}

/// The epochs a training's log shows: the first, the last and evenly spaced ones between.
private struct TrainingLog {
  private let every: Int
  private let epochs: Int
  private var rows: [[TableOutput.Cell]] = []
  /// The last epoch, when it is not among the rows.
  private var last: Trainer.Progress?
  private var columns: [String] = []

  init(epochs: Int, every: Int?) {
    self.epochs = epochs
    self.every = every ?? Self.spacing(epochs)
  }

  /// About twenty rows, at round numbers.
  private static func spacing(_ epochs: Int) -> Int {
    let least = epochs / 20 + (epochs % 20 > 0 ? 1 : 0)
    var step = 1
    while true {
      for factor in [1, 2, 5] where least <= step * factor { return step * factor }
      step *= 10
    }
  }

  mutating func add(_ progress: Trainer.Progress) {
    guard progress.epoch == 1 || progress.epoch == epochs || progress.epoch % every == 0 else {
      last = progress
      return
    }
    last = nil
    columns = ["epoch"] + progress.measured.map(\.name)
    rows.append(row(progress))
  }

  private func row(_ progress: Trainer.Progress) -> [TableOutput.Cell] {
    [Registry.number(Double(progress.trained), text: String(progress.trained))]
      + progress.measured.map { Registry.number($0.value) }
  }

  var table: TableOutput {
    TableOutput(columns: columns, rows: rows + (last.map { [row($0)] } ?? []))
  }
}
