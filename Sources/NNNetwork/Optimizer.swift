import NNSource

/// How a gradient becomes a step, and its settings. Names and defaults are Keras's (version 3),
/// and so are the formulas (`keras/src/optimizers`). With the slope g of a weight w, `lr` the
/// learning rate and t the number of the step, counted from 1:
///
/// | kind | each step | lr | kept |
/// |---|---|---|---|
/// | `sgd` | `w = w - lr * g` | 0.01 | |
/// | with `momentum` | `m = momentum * m - lr * g`, `w = w + m` | | m |
/// | with `nesterov` | m so, `w = w + (momentum * m - lr * g)` | | m |
/// | `rmsprop` | `v = rho * v + (1 - rho) * g**2`, `w = w - lr * g / sqrt(v + epsilon)` | 0.001 | v |
/// | with `momentum` | v so, `m = momentum * m + lr * g / sqrt(v + epsilon)`, `w = w - m` | | v, m |
/// | `adagrad` | `v = v + g**2`, `w = w - lr * g / sqrt(v + epsilon)` | 0.001 | v |
/// | `adam` | `m = m + (g - m) * (1 - beta_1)`, `v = v + (g**2 - v) * (1 - beta_2)`, `a = lr * (1 - beta_2**t)**0.5 / (1 - beta_1**t)`, `w = w - m * a / (sqrt(v) + epsilon)` | 0.001 | m, v, t |
/// | `adamw` | first `w = w - w * weight_decay * lr`, then as `adam` | 0.001 | m, v, t |
///
/// m and v start at 0, adagrad's v at 0.1. Each formula is computed as it stands, operation by
/// operation, so that a program that writes it out gets the same bits. Sources: Sutskever et al.
/// 2013 (momentum), Tieleman & Hinton 2012 (RMSprop), Duchi et al. 2011 (Adagrad), Kingma & Ba
/// 2015 (Adam), Loshchilov & Hutter 2019 (AdamW).
///
/// `genetic` knows no gradient: see `GeneticSearch`.
package struct Optimizer: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable, Named {
    case sgd, rmsprop, adagrad, adam, adamw, genetic

    package static let kind = "optimizer"
  }

  package enum Setting: String, Sendable, Hashable, CaseIterable {
    case momentum, nesterov, rho
    case beta1 = "beta_1"
    case beta2 = "beta_2"
    case epsilon
    case weightDecay = "weight_decay"
    case population, mutation, elite
  }

  package let kind: Kind
  /// What was set; the others have their defaults.
  private var given: [Setting: Double] = [:]

  package init(_ kind: Kind) { self.kind = kind }

  /// The number a setting has; `nesterov` is 0 or 1.
  package subscript(_ setting: Setting) -> Double {
    given[setting] ?? setting.standard
  }

  /// Sets one; throws when the optimizer does not have it, or can't take the number.
  package mutating func set(_ setting: Setting, to value: Double) throws {
    guard kind.settings.contains(setting) else {
      throw Problem.network(kind.lacks(setting.rawValue))
    }
    guard setting.accepts(value) else {
      throw Problem.network(
        .optimizerSetting(setting.rawValue, value, expected: setting.expected))
    }
    given[setting] = value
  }

  /// Problems that several settings make together.
  func check() throws {
    switch kind {
    case .sgd where self[.nesterov] != 0 && self[.momentum] == 0:
      throw Problem.network(.nesterovWithoutMomentum)
    case .genetic where self[.elite] >= self[.population]:
      throw Problem.network(
        .elite(Int(self[.elite]), population: Int(self[.population])))
    default: break
    }
  }
}

extension Optimizer.Kind {
  package var learningRate: Double {
    switch self {
    case .sgd: 0.01
    case .rmsprop, .adagrad, .adam, .adamw: 0.001
    case .genetic: 0.1
    }
  }

  package var settings: [Optimizer.Setting] {
    switch self {
    case .sgd: [.momentum, .nesterov]
    case .rmsprop: [.rho, .momentum, .epsilon]
    case .adagrad: [.epsilon]
    case .adam: [.beta1, .beta2, .epsilon]
    case .adamw: [.beta1, .beta2, .epsilon, .weightDecay]
    case .genetic: [.population, .mutation, .elite]
    }
  }

  /// The problem that it has no option of this name.
  package func lacks(_ option: String) -> NetworkProblem {
    let others = Self.allCases.filter { kind in
      kind.settings.contains { $0.rawValue == option }
    }
    return .optimizerLacks(
      option, optimizer: rawValue, settings: settings.map(\.rawValue),
      havers: others.map(\.rawValue))
  }
}

extension Optimizer.Setting {
  package var standard: Double {
    switch self {
    case .momentum, .nesterov: 0
    case .rho, .beta1: 0.9
    case .beta2: 0.999
    case .epsilon: 1e-7
    case .weightDecay: 0.004
    case .population: 50
    case .mutation: 0.1
    case .elite: 1
    }
  }

  /// Settings that count something.
  package var isWhole: Bool { self == .population || self == .elite }

  func accepts(_ value: Double) -> Bool {
    switch self {
    case .momentum, .rho, .beta1, .beta2: value >= 0 && value < 1
    case .nesterov: value == 0 || value == 1
    case .epsilon: value > 0 && value.isFinite
    case .weightDecay: value >= 0 && value.isFinite
    case .population: value >= 2 && value <= 1e6 && value == value.rounded()
    case .mutation: value >= 0 && value <= 1
    case .elite: value >= 1 && value <= 1e6 && value == value.rounded()
    }
  }

  var expected: String {
    switch self {
    case .momentum, .rho, .beta1, .beta2: "from 0 up to, but not, 1"
    case .nesterov: "true or false"
    case .epsilon: "a small positive number"
    case .weightDecay: "0 or more"
    case .population: "from 2 to 1000000"
    case .mutation: "from 0 to 1"
    case .elite: "at least 1"
    }
  }
}
