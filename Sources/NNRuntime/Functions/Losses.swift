import NNLanguage
import NNNetwork
import NNSource
import NNTensor

extension Registry {
  static let lossFunctions: [RegistryEntry] = losses + metrics

  private static let prediction = SignatureParameter(
    "prediction", "tensor",
    help: "what the network gave, a row for each sample; for cross_entropy and "
      + "binary_cross_entropy probabilities")
  private static let target = SignatureParameter(
    "target", "tensor", help: "what it should have given: class numbers, or rows of the same shape")

  private static let losses: [RegistryEntry] = Loss.allCases.map { loss in
    .function(
      loss.rawValue, [prediction, target], family: "losses", loss.formula,
      example: "print \(loss.rawValue)([[0.7, 0.3], [0.2, 0.8]], [[1, 0], [0, 1]])",
      notes: loss.notes, seeAlso: ["train", "evaluate"], shape: .loss
    ) { arguments in
      Value(try loss.value(try arguments.tensor(0), try arguments.tensor(1)))
    }
  }

  private static let classes = SignatureParameter(
    "classes", "integer", standard: "none",
    help: "how many classes there are; none takes the largest number and one")

  private static let metrics: [RegistryEntry] = [
    .function(
      "accuracy", [target, prediction], family: "metrics",
      "the share of samples whose class is the predicted one",
      example: "print accuracy([0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]])",
      seeAlso: ["evaluate", "confusion_matrix", "predict"],
      shape: .oneNumber("float64")
    ) { arguments in
      .scalar(
        .float64(try Metrics.accuracy(try arguments.tensor(0), try arguments.tensor(1))))
    },
    .function(
      "confusion_matrix", [target, prediction, classes], family: "metrics",
      "counts by true class (rows) and predicted class (columns)",
      example: "print confusion_matrix([0, 1, 1, 2], [0, 1, 2, 2])",
      seeAlso: ["heatmap", "classification_report", "accuracy"]
    ) { arguments in
      Value(
        try Metrics.confusionMatrix(
          try arguments.tensor(0), try arguments.tensor(1),
          classes: arguments.isSome(2) ? try arguments.int(2) : nil))
    },
    .function(
      "classification_report",
      [
        target, prediction,
        SignatureParameter(
          "names", "list of strings", standard: "none",
          help: "a name for each class; none writes the class numbers"),
      ],
      family: "metrics", "precision, recall and F1 of every class, as text",
      example: "print classification_report([0, 1, 1, 2], [0, 1, 2, 2])",
      notes: "Precision: of those predicted as the class, how many are. Recall: of "
        + "those of the class, how many are found. F1 is their harmonic mean.",
      seeAlso: ["evaluate", "confusion_matrix"],
      shape: .string
    ) { arguments in
      let report = try Metrics.classificationReport(
        try arguments.tensor(0), try arguments.tensor(1))
      return .string(
        try report.text(names: arguments.isSome(2) ? try arguments.strings(2) : nil))
    },
    .function(
      "one_hot",
      [
        SignatureParameter("labels", "tensor", help: "class numbers: whole numbers from 0"),
        classes,
      ], family: "metrics",
      "a row a label, with a 1 in the label's place",
      example: "print one_hot([0, 2, 1], 3)", seeAlso: ["argmax", "eye"],
      shape: .oneHot
    ) { arguments in
      Value(
        try oneHot(
          try arguments.tensor(0), classes: arguments.isSome(1) ? try arguments.int(1) : nil))
    },
    .function(
      "predict",
      [SignatureParameter("net", "network", help: "the network, made by network NAME:"), .x],
      family: "networks",
      "the class number of each sample",
      example: """
        seed 1
        network net:
            input 2
            dense 3 softmax
        print predict(net, [[0.5, 1.0], [-1.0, 2.0]])
        """
      , seeAlso: ["train", "argmax", "accuracy"],
      shape: .predict
    ) { arguments in
      Value(
        try arguments.network(0).network.predict(
          try arguments.tensor(1)
        ).classes)
    },
  ]
}

extension Loss {
  /// When to use it, and with which last layer.
  fileprivate var notes: String {
    switch self {
    case .mse: "For numbers to be predicted, after a linear layer."
    case .halfMse:
      "Added over a sample's outputs and averaged over samples, as textbooks derive backpropagation."
    case .binaryCrossEntropy:
      "For yes or no at each output, after a sigmoid layer. train computes it from the layer's sums, so that it stays finite."
    case .crossEntropy:
      "For one class out of several, after a softmax layer. Class numbers and one-hot rows are taken alike."
    }
  }

  /// What it computes, in one line.
  fileprivate var formula: String {
    switch self {
    case .mse: "the mean of the squared differences, over samples and outputs"
    case .halfMse: "half the squared differences; its gradient is prediction - target"
    case .binaryCrossEntropy:
      "-(t log p + (1 - t) log(1 - p)), the mean over samples and outputs"
    case .crossEntropy: "-log of the right class's probability, the mean over samples"
    }
  }
}
