import NNLanguage
import NNNetwork
import NNSource
import NNTensor

extension Registry {
  static let lossFunctions: [RegistryEntry] = losses + metrics

  private static let prediction = SignatureParameter("prediction", "tensor")
  private static let target = SignatureParameter("target", "tensor")

  private static let losses: [RegistryEntry] = Loss.allCases.map { loss in
    .function(
      loss.rawValue, [prediction, target], family: "losses", loss.formula,
      example: "print \(loss.rawValue)([[0.7, 0.3], [0.2, 0.8]], [[1, 0], [0, 1]])", shape: .loss
    ) { arguments in
      Value(try loss.value(try arguments.tensor(0), try arguments.tensor(1)))
    }
  }

  private static let classes = SignatureParameter("classes", "integer", standard: "none")

  private static let metrics: [RegistryEntry] = [
    .function(
      "accuracy", [target, prediction], family: "metrics",
      "the share of samples whose class is the predicted one",
      example: "print accuracy([0, 1, 1], [[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]])",
      shape: .oneNumber("float64")
    ) { arguments in
      .scalar(
        .float64(try Metrics.accuracy(try arguments.tensor(0), try arguments.tensor(1))))
    },
    .function(
      "confusion_matrix", [target, prediction, classes], family: "metrics",
      "counts by true class (rows) and predicted class (columns)",
      example: "print confusion_matrix([0, 1, 1, 2], [0, 1, 2, 2])"
    ) { arguments in
      Value(
        try Metrics.confusionMatrix(
          try arguments.tensor(0), try arguments.tensor(1),
          classes: arguments.isSome(2) ? try arguments.int(2) : nil))
    },
    .function(
      "classification_report",
      [target, prediction, SignatureParameter("names", "list", standard: "none")],
      family: "metrics", "precision, recall and F1 of every class, as text",
      example: "print classification_report([0, 1, 1, 2], [0, 1, 2, 2])", shape: .string
    ) { arguments in
      let report = try Metrics.classificationReport(
        try arguments.tensor(0), try arguments.tensor(1))
      return .string(
        try report.text(names: arguments.isSome(2) ? try arguments.strings(2) : nil))
    },
    .function(
      "one_hot", [SignatureParameter("labels", "tensor"), classes], family: "metrics",
      "a row a label, with a 1 in the label's place",
      example: "print one_hot([0, 2, 1], 3)", shape: .oneHot
    ) { arguments in
      Value(
        try oneHot(
          try arguments.tensor(0), classes: arguments.isSome(1) ? try arguments.int(1) : nil))
    },
    .function(
      "predict", [SignatureParameter("net", "network"), .x], family: "networks",
      "the class number of each sample",
      example: """
        network net:
            input 2
            dense 3 softmax
        print predict(net, [[0.5, 1.0], [-1.0, 2.0]])
        """, shape: .predict
    ) { arguments in
      Value(try arguments.network(0).network.predict(try arguments.tensor(1)).classes)
    },
  ]
}

extension Loss {
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
