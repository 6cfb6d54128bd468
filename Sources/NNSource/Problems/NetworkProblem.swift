/// Networks, their layers and their training. Samples, layers and classes are counted as the
/// reader counts them: samples and classes from 0, layers and epochs from 1.
package enum NetworkProblem: Sendable, Hashable {
  // Building
  case noLayers
  case networkDType(String)
  case inputSize(Int)
  case inputDivisor(Double)
  case layerSize(Int, layer: Int)
  case unknownWord(kind: String, name: String, known: [String])
  case dropoutRate(Double)
  case dropoutLast
  case dropoutTwice

  // Weights
  case uniformRange(low: Double, high: Double)
  case normalDeviation(mean: Double, deviation: Double)
  case unknownField(String, known: [String])
  case noBias(layer: Int)
  case parameterShape(String, given: [Int], expected: [Int])
  case parameterCount(Int, layers: Int, parameters: Int)

  // Samples and targets
  case inputWidth(shape: [Int], inputs: Int)
  case noSamples(shape: [Int])
  case undividedBytes(largest: Int, inputs: Int)
  case sampleCounts(x: Int, y: Int)
  case targetWidth(shape: [Int], outputs: Int)
  case targetClass(Int, sample: Int, outputs: Int, lowest: Int)
  case classOutOfRange(Int, index: Int?, classes: Int)
  case negativeClass(Int, index: Int?)
  case classTooLarge(Int)
  case classNotWhole(Double, index: Int)
  case classCount(Int)
  case targetOutsideUnit(Double, sample: Int, loss: String)
  case targetRowSum(Double, sample: Int)
  /// One of these, of the samples given to `validation`.
  indirect case inValidation(NetworkProblem)

  // Training
  case epochs(Int)
  case learningRate(Double)
  case batch(Int)
  case l2(Double)
  case patience(Int)
  case validationShare(Double)
  case emptyShare(Double, samples: Int)
  case scheduledRate(Double, epoch: Int)
  /// An option that this optimizer does not have; `settings` are its own, `havers` the optimizers
  /// that have it.
  case optimizerLacks(String, optimizer: String, settings: [String], havers: [String])
  case optimizerSetting(String, Double, expected: String)
  case nesterovWithoutMomentum
  case elite(Int, population: Int)
  case lossNeedsProbabilities(loss: String, activation: String)
  case accuracyNeedsClasses(outputs: Int)
  case noClasses(activation: String)
  case diverged(Diverged, epoch: Int, learningRate: Double)
  case inputNotFinite(Double, sample: Int, column: Int)
  case targetNotFinite(Double, sample: Int, column: Int)

  // Functions
  case noDerivative(activation: String)
  case lossShapes(loss: String, prediction: [Int], target: [Int])
  case metricShapes(target: [Int], prediction: [Int])
  case metricRank(shape: [Int])

  /// What ceased to be a finite number.
  package enum Diverged: Sendable, Hashable {
    case loss(Double)
    case weights
  }

  package var wording: Wording {
    buildingWording ?? weightsWording ?? samplesWording ?? trainingWording ?? optimizerWording
      ?? functionsWording ?? Wording("the network does not fit")
  }
}

extension NetworkProblem {
  private var buildingWording: Wording? {
    switch self {
    case .noLayers:
      Wording(
        "the network has no layer", hint: "write one below `input`, such as `dense 3 softmax`")
    case .networkDType(let name):
      Wording(
        "a network can't compute in \(name)", hint: "dtype is float64 or float32")
    case .inputSize(let size):
      Wording(
        "the input has \(size) values a sample; it needs at least 1",
        hint: "`input` takes the number of columns, x.shape[1]")
    case .inputDivisor(let divisor):
      Wording("inputs can't be divided by \(divisor)", hint: "bytes are divided by 255")
    case .layerSize(let size, let layer):
      Wording("layer \(layer) has \(size) units; it needs at least 1")
    case .unknownWord(let kind, let name, let known):
      Wording(
        "there is no \(kind) called '\(name)'",
        hint: Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
          ?? "there are \(known.listed)")
    case .dropoutRate(let rate):
      Wording(
        "dropout can't leave out a share of \(rate)",
        hint: "the rate is from 0 up to, but not, 1: `dropout 0.5` leaves out half")
    case .dropoutLast:
      Wording(
        "dropout after the last layer would leave out answers",
        hint: "write `dropout` above the last `dense`")
    case .dropoutTwice:
      Wording(
        "two dropout lines follow each other", hint: "write one between two layers")
    default: nil
    }
  }

  private var weightsWording: Wording? {
    switch self {
    case .uniformRange(let low, let high):
      Wording(
        "uniform(\(low), \(high)) is no range to draw from",
        hint: low > high ? "the smaller number comes first: uniform(\(high), \(low))" : nil)
    case .normalDeviation(let mean, let deviation):
      Wording(
        "normal(\(mean), \(deviation)) can't be drawn: the deviation has to be 0 or more")
    case .unknownField(let name, let known):
      Wording("the network has no field '\(name)'", hint: "it has \(known.listed)")
    case .noBias(let layer):
      Wording(
        "layer \(layer) has no bias: it was made with bias=false",
        hint: "leave `bias=false` out of its line in the network")
    case .parameterShape(let name, let given, let expected):
      Wording(
        "\(name) has shape \(expected.asShape) and can't become \(given.asShape)",
        hint: given.count == 2 && given.reversed() == expected
          ? "its transpose fits: `.T`" : Self.layout(of: name))
    case .parameterCount(let count, let layers, let parameters):
      Wording(
        "\(Words.count(count, "tensor")) for \(Words.count(layers, "layer"))",
        hint: layers == parameters
          ? "give the weights of each layer: \(layers)"
          : "give the weights of each layer, \(layers), or weights and biases in turn, "
            + "\(parameters)")
    default: nil
    }
  }

  private static func layout(of name: String) -> String {
    name.hasPrefix("W")
      ? "weights have shape (inputs, outputs)" : "biases have shape (outputs,)"
  }

  private var samplesWording: Wording? {
    switch self {
    case .inputWidth(let shape, let inputs):
      Wording(
        "x of shape \(shape.asShape) does not fit a network of \(Words.count(inputs, "input"))",
        hint: Self.inputHint(shape, inputs: inputs))
    case .noSamples(let shape):
      Wording("x of shape \(shape.asShape) holds no sample")
    case .undividedBytes(let largest, let inputs):
      Wording(
        "x holds bytes up to \(largest), which the network takes as they are",
        hint: "`input \(inputs) divide=255` brings them to 0…1")
    case .sampleCounts(let x, let y):
      Wording(
        "x has \(Words.count(x, "sample")) and y has \(y)",
        hint: "the first axis of both counts the samples")
    case .targetWidth(let shape, let outputs):
      Wording(
        "y of shape \(shape.asShape) does not fit \(Words.count(outputs, "output"))",
        hint: outputs == 1
          ? "give one number a sample"
          : "give class numbers below \(outputs), or rows of \(outputs)")
    case .targetClass(let number, let sample, let outputs, let lowest):
      Wording(
        "y holds class \(number) in sample \(sample), and the network has "
          + Words.count(outputs, "output"),
        hint: "classes count from 0: "
          + (lowest > 0 && number - lowest < outputs
            ? "yours begin at \(lowest), so train on y - \(lowest)"
            : "\(number + 1) of them need a last layer of \(number + 1)"))
    case .classOutOfRange(let number, let index, let classes):
      Wording(
        "class \(number)\(Self.at(index)) is too large for \(Words.count(classes, "class"))",
        hint: "classes count from 0 to \(classes - 1)")
    case .negativeClass(let number, let index):
      Wording(
        "\(number)\(Self.at(index)) is not a class number", hint: "classes count from 0")
    case .classTooLarge(let number):
      Wording("\(number) is not a class number", hint: "classes count from 0, without gaps")
    case .classNotWhole(let value, let index):
      Wording(
        "\(value)\(Self.at(index)) is not a class number",
        hint: "class numbers are whole; rows of targets have a column for each output")
    case .classCount(let count):
      Wording("there can't be \(Words.count(count, "class"))", hint: "classes is at least 1")
    case .targetOutsideUnit(let value, let sample, let loss):
      Wording(
        "the target \(value) of sample \(sample) is no probability, which \(loss) needs",
        hint: value > 1 && value == value.rounded()
          ? "class numbers need an output for each class; values need `loss=mse`"
          : "targets lie in 0…1; other values need `loss=mse`")
    case .inValidation(let problem):
      Wording("in validation, " + problem.wording.message, hint: problem.wording.hint)
    case .targetRowSum(let sum, let sample):
      Wording(
        "the targets of sample \(sample) sum to \(sum); cross_entropy needs rows that sum to 1",
        hint: "where several outputs may be right at once, use sigmoid and "
          + "`loss=binary_cross_entropy`")
    default: nil
    }
  }

  private static func at(_ index: Int?) -> String { index.map { " at index \($0)" } ?? "" }

  private static func inputHint(_ shape: [Int], inputs: Int) -> String {
    if shape.count == 2, shape[0] == inputs {
      return "its transpose fits: `x.T` has a row a sample"
    }
    if shape.count < 2 { return "a sample has \(Words.count(inputs, "value"))" }
    let width = shape.dropFirst().reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    return "a sample of x has \(Words.count(width, "value")): write `input \(width)`"
  }

  private var trainingWording: Wording? {
    switch self {
    case .epochs(let epochs):
      Wording("can't train for \(Words.count(epochs, "epoch"))", hint: "epochs is at least 1")
    case .learningRate(let rate):
      Wording("can't learn at lr=\(rate)", hint: "lr is a positive number, such as 0.1")
    case .batch(let batch):
      Wording(
        "a batch can't have \(Words.count(batch, "sample"))",
        hint: "batch is at least 1, or `all` for the whole set")
    case .lossNeedsProbabilities(let loss, let activation):
      Wording(
        "\(loss) takes logarithms of probabilities, and a last layer of \(activation) gives others",
        hint: loss == "cross_entropy"
          ? "let the last layer be softmax, or use `loss=mse`"
          : "let the last layer be sigmoid, or use `loss=mse`")
    case .accuracyNeedsClasses(let outputs):
      Wording(
        "accuracy needs a class for each sample, and the targets are other values",
        hint: outputs == 1
          ? "targets of 0 and 1 are classes" : "class numbers and rows with a single 1 are classes")
    case .noClasses(let activation):
      Wording(
        "a network with one \(activation) output gives values, not classes",
        hint: "`net(x)` gives the values")
    case .diverged(.loss(let value), let epoch, let rate):
      Wording("the loss became \(value) in epoch \(epoch)", hint: Self.shorterSteps(rate))
    case .diverged(.weights, let epoch, let rate):
      Wording(
        "the weights were no longer finite after epoch \(epoch)", hint: Self.shorterSteps(rate))
    case .inputNotFinite(let value, let sample, let column):
      Wording(
        "the loss can't be computed: x holds \(value) in sample \(sample), column \(column)",
        hint: "drop such samples, or put a number there")
    case .targetNotFinite(let value, let sample, let column):
      Wording(
        "the loss can't be computed: y holds \(value) in sample \(sample), column \(column)",
        hint: "drop such samples, or put a number there")
    default: nil
    }
  }

  private var optimizerWording: Wording? {
    switch self {
    case .l2(let l2):
      Wording("can't add l2=\(l2) to a loss", hint: "l2 is 0 or a small positive number: l2=1e-4")
    case .patience(let patience):
      Wording(
        "can't wait for \(Words.count(patience, "epoch"))", hint: "patience is at least 1")
    case .validationShare(let share):
      Wording(
        "validation can't take a share of \(share)",
        hint: "validation=0.2 keeps the last fifth of the samples; validation=(x, y) takes others")
    case .emptyShare(let share, let samples):
      Wording(
        "a share of \(share) of \(Words.count(samples, "sample")) leaves none for one side")
    case .scheduledRate(let rate, let epoch):
      Wording(
        "the schedule gives the learning rate \(rate) for epoch \(epoch)",
        hint: "it gives a number of 0 or more; epochs count from 0")
    case .optimizerLacks(let option, let optimizer, let settings, let havers):
      Wording(
        "\(optimizer) has no option '\(option)'",
        hint: (havers.isEmpty
          ? ""
          : "\(Words.list(havers)) \(havers.count > 1 ? "have" : "has") "
            + "it; ") + "\(optimizer) has \(settings.isEmpty ? "none" : Words.list(settings))")
    case .optimizerSetting(let name, let value, let expected):
      Wording("\(name) can't be \(value)", hint: "\(name) is \(expected)")
    case .nesterovWithoutMomentum:
      Wording(
        "nesterov looks ahead along the momentum, and there is none",
        hint: "give both: momentum=0.9 nesterov=true")
    case .elite(let elite, let population):
      Wording(
        "an elite of \(elite) leaves no place for children in a population of \(population)",
        hint: "elite is less than population")
    default: nil
    }
  }

  private static func shorterSteps(_ rate: Double) -> String {
    "take shorter steps than lr=\(rate), or scale the inputs to about 0…1"
  }

  private var functionsWording: Wording? {
    switch self {
    case .noDerivative(let activation):
      Wording(
        "\(activation) has no derivative element by element: each output depends on the whole row",
        hint: "after \(activation), the gradient of cross_entropy is prediction − target")
    case .lossShapes(let loss, let prediction, let target):
      Wording(
        "\(loss) can't compare a prediction of shape \(prediction.asShape) with a target of shape "
          + target.asShape,
        hint: "the target has the prediction's shape, or is one class number a row")
    case .metricShapes(let target, let prediction):
      Wording(
        "a target of shape \(target.asShape) and a prediction of shape \(prediction.asShape) "
          + "do not have the same number of samples")
    case .metricRank(let shape):
      Wording(
        "shape \(shape.asShape) holds neither class numbers nor rows of scores",
        hint: "class numbers have shape (n,), rows (n, classes)")
    default: nil
    }
  }
}

extension [Int] {
  fileprivate var asShape: String { TensorProblem.text(ofShape: self) }
}

extension [String] {
  /// `a, b and c`.
  fileprivate var listed: String { Words.list(self) }
}
