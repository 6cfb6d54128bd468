import NNOutput

/// One axis of a chart: where a value stands along it, from 0 to 1, and its ticks.
struct AxisScale: Sendable, Equatable {
  struct Tick: Sendable, Equatable {
    /// From 0 to 1 along the axis.
    let position: Double
    let label: String
  }

  enum Mapping: Sendable, Equatable {
    /// Values are divided by 10^power and `base` is taken off, so that the drawn numbers are of
    /// ordinary size whatever the data are.
    case linear(power: Int, base: Double, lower: Double, upper: Double)
    /// Bounds are decimal logarithms.
    case logarithmic(lower: Double, upper: Double)
  }

  let mapping: Mapping
  let ticks: [Tick]
  /// What every tick is to be multiplied by or added to: `×10⁶`, `+ 1.25×10⁹`.
  let note: String?

  /// Where `value` stands, or nil if it has no place: nan, inf, not positive on a log axis.
  func position(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch mapping {
    case .linear(let power, let base, let lower, let upper):
      return (Decade.scale(value, down: power) - base - lower) / (upper - lower)
    case .logarithmic(let lower, let upper):
      return value > 0 ? (Decade.log10(value) - lower) / (upper - lower) : nil
    }
  }

  /// Where 0 stands if it is strictly inside.
  var zero: Double? {
    guard let position = position(0), position > 0.001, position < 0.999 else { return nil }
    return position
  }
}

/// How an axis is to be fitted around its data.
struct AxisFit: Sendable {
  /// About how many ticks there is room for.
  var tickCount = 5
  /// Whether the ends move out to the next tick.
  var endsAtTicks = false
  /// Free space at both ends, as a share of the span.
  var padding = 0.0
  /// Data are whole numbers, so ticks between them would mean nothing.
  var isWhole = false
}

/// The smallest and largest finite value of some data; nil where there is none.
struct ValueRange: Sendable, Equatable {
  private(set) var lower: Double
  private(set) var upper: Double

  init?(_ values: some Sequence<Double>) {
    var range: ValueRange?
    for value in values where value.isFinite {
      if range == nil {
        range = ValueRange(value, value)
      } else {
        range?.include(value)
      }
    }
    guard let range else { return nil }
    self = range
  }

  init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  mutating func include(_ value: Double) {
    lower = min(lower, value)
    upper = max(upper, value)
  }

  var largestMagnitude: Double { max(lower.magnitude, upper.magnitude) }
}
