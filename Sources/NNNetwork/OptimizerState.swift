import CNNKernels
import NNTensor

/// What an optimizer keeps from step to step, so that a training can go on: a value, held by the
/// network it belongs to.
package struct OptimizerState: Sendable {
  let kind: Optimizer.Kind
  /// The steps taken so far.
  var steps = 0
  /// m and v of `Optimizer`, for each element of the row of parameters; nil as long as not needed.
  var moments: (first: Tensor?, second: Tensor?) = (nil, nil)
  /// The individuals of a genetic search, one a row, the best first.
  var population: Tensor?
}

/// An optimizer at work: what it keeps, in rooms that are written over.
final class OptimizerRun {
  private let optimizer: Optimizer
  private var steps: Int
  private let first: NumberRoom?
  private let second: NumberRoom?
  /// With what does not change from step to step.
  private var rule: nn_rule
  /// The same as they were when the last whole epoch ended.
  private var keptSteps: Int
  private let keptFirst: NumberRoom?
  private let keptSecond: NumberRoom?

  /// Goes on from `state` if that is of the same optimizer.
  init(_ optimizer: Optimizer, count: Int, dtype: DType, from state: OptimizerState?) throws {
    self.optimizer = optimizer
    let state = state?.kind == optimizer.kind ? state : nil
    let hasMomentum = optimizer[.momentum] != 0
    let kind: Int
    switch optimizer.kind {
    case .sgd where hasMomentum: kind = optimizer[.nesterov] != 0 ? NN_NESTEROV : NN_MOMENTUM
    case .sgd, .genetic: kind = NN_SGD
    case .rmsprop: kind = hasMomentum ? NN_RMSPROP_MOMENTUM : NN_RMSPROP
    case .adagrad: kind = NN_ADAGRAD
    case .adam, .adamw: kind = NN_ADAM
    }
    rule = nn_rule()
    rule.rule = Int32(kind)
    rule.rho = optimizer[kind == NN_ADAM ? .beta2 : .rho]
    rule.momentum = optimizer[kind == NN_ADAM ? .beta1 : .momentum]
    rule.epsilon = optimizer[.epsilon]
    if optimizer.kind == .adamw { rule.decay = optimizer[.weightDecay] }
    steps = state?.steps ?? 0
    keptSteps = steps
    let keepsFirst = [NN_MOMENTUM, NN_NESTEROV, NN_RMSPROP_MOMENTUM, NN_ADAM].contains(kind)
    let keepsSecond = [NN_RMSPROP, NN_RMSPROP_MOMENTUM, NN_ADAGRAD, NN_ADAM].contains(kind)
    first = keepsFirst ? try NumberRoom(dtype, count) : nil
    second = keepsSecond ? try NumberRoom(dtype, count) : nil
    keptFirst = keepsFirst ? try NumberRoom(dtype, count) : nil
    keptSecond = keepsSecond ? try NumberRoom(dtype, count) : nil
    if let kept = state?.moments.first { first?.write(kept) }
    if let kept = state?.moments.second {
      second?.write(kept)
    } else if kind == NN_ADAGRAD {
      second?.write(try Tensor(repeating: .float64(0.1), shape: [count]))
    }
  }

  /// One step for every weight and bias.
  func step(_ parameters: NumberRoom, _ gradients: NumberRoom, rate: Double) throws {
    steps += 1
    rule.rate = rate
    if rule.rule == Int32(NN_ADAM) {
      let (beta1, beta2) = (rule.momentum, rule.rho)
      rule.scaled =
        try rate * (1 - power(beta2)).squareRoot() / (1 - power(beta1))
    }
    nn_update(
      rule, Int32(parameters.dtype.rawValue), parameters.pointer, gradients.pointer,
      first?.pointer, second?.pointer, parameters.count)
  }

  /// `beta ** steps`, with the bits the language gives.
  private func power(_ beta: Double) throws -> Double {
    try Scalar.binary(.power, .scalar(.float64(beta)), .scalar(.float64(Double(steps)))).double
  }

  /// An epoch is over: what it keeps now is what `state` gives.
  func keep() {
    keptSteps = steps
    if let first { keptFirst?.copy(first) }
    if let second { keptSecond?.copy(second) }
  }

  func state() throws -> OptimizerState {
    OptimizerState(
      kind: optimizer.kind, steps: keptSteps,
      moments: (
        try keptFirst.map { try $0.tensor(shape: [$0.count]) },
        try keptSecond.map { try $0.tensor(shape: [$0.count]) }
      ))
  }
}
