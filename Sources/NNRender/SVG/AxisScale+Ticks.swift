extension AxisScale {
  static func linear(_ range: ValueRange, fit: AxisFit = AxisFit()) -> AxisScale {
    let frame = LinearFrame(range)
    var lower = frame.lower
    var upper = frame.upper
    let padding = (upper - lower) * fit.padding
    lower -= padding
    upper += padding
    let canBeWhole = fit.isWhole && frame.power == 0 && frame.base == 0
    let step = TickStep.nearest(
      to: (upper - lower) / Double(max(fit.tickCount, 1)), isWhole: canBeWhole)
    if fit.endsAtTicks {
      lower = step.value(step.index(lower, .down))
      upper = step.value(step.index(upper, .up))
    }
    let slack = max((upper - lower) * 1e-9, frame.noise)
    let first = step.index(lower - slack, .up)
    let last = max(first, step.index(upper + slack, .down))
    let ticks = (first...min(last, first + 100)).map { index in
      Tick(
        position: (step.value(index) - lower) / (upper - lower),
        label: step.label(index, times: frame.labelPower))
    }
    return AxisScale(
      mapping: .linear(power: frame.power, base: frame.base, lower: lower, upper: upper),
      ticks: ticks, note: frame.note)
  }

  /// For data over 0; `range` holds positive values only.
  static func logarithmic(_ range: ValueRange, fit: AxisFit = AxisFit()) -> AxisScale {
    var lower = Decade.log10(range.lower)
    var upper = Decade.log10(range.upper)
    if upper - lower < 1e-9 {
      lower -= 0.5
      upper += 0.5
    }
    let padding = (upper - lower) * max(fit.padding, 0.02)
    lower -= padding
    upper += padding
    var values = LogTicks.values(from: lower, to: upper, count: fit.tickCount)
    if values.count < 3 {
      let inner = ValueRange(max(range.lower, 1e-300), min(range.upper, 1e300))
      values = LinearFrame.plainTicks(inner, count: fit.tickCount)
    }
    let labels = LogTicks.labels(values)
    let ticks = zip(values, labels).compactMap { value, label -> Tick? in
      let position = (LogTicks.log10(value) - lower) / (upper - lower)
      return (-1e-9...1 + 1e-9).contains(position) ? Tick(position: position, label: label) : nil
    }
    return AxisScale(mapping: .logarithmic(lower: lower, upper: upper), ticks: ticks, note: nil)
  }
}

/// Brings a range to numbers of ordinary size: divided by a power of ten when they are very large
/// or small, less a round number when they are close together and far from 0.
struct LinearFrame {
  var power = 0
  var base = 0.0
  var lower: Double
  var upper: Double
  var note: String?
  /// How far rounding may have moved a bound.
  var noise = 0.0
  /// Labels are told times 10 to this.
  var labelPower = 0

  init(_ range: ValueRange) {
    let largest = range.largestMagnitude
    if largest >= 1e6 || (largest < 1e-3 && largest > 0) { power = Decade.floor(largest) }
    lower = Decade.scale(range.lower, down: power)
    upper = Decade.scale(range.upper, down: power)
    let size = max(lower.magnitude, upper.magnitude)
    let isExtreme = power.magnitude > 290
    if upper - lower <= size * (isExtreme ? 1e-4 : 1e-13) {
      // One value: give it room on both sides.
      let room = size == 0 ? 1 : size * 0.1
      lower -= room
      upper += room
    } else if upper - lower < size * 1e-4 {
      takeOffBase()
    }
    if note == nil, power != 0 { note = "×10\(NumberText.superscript(power))" }
  }

  private mutating func takeOffBase() {
    let unitPower = Decade.floor(upper - lower) + 1
    let unit = Decade.power(unitPower)
    let count = (lower / unit).rounded(.down)
    guard count.magnitude < 1e15 else { return }
    let text = DecimalDigits(Int(count), power: unitPower)
    base = Double(text.plain()) ?? 0
    if text.isNegative { base = -base }
    noise = upper.magnitude * 4e-16
    lower -= base
    upper -= base
    let factor = power == 0 ? "" : "×10\(NumberText.superscript(power))"
    labelPower = power
    note = (text.isNegative ? "\u{2212} " : "+ ") + text.plain() + factor
  }

  /// Ticks at round numbers, for a log axis shorter than a decade.
  static func plainTicks(_ range: ValueRange, count: Int) -> [DecimalDigits] {
    guard range.upper > range.lower else { return DecimalDigits(range.lower).map { [$0] } ?? [] }
    let step = TickStep.nearest(
      to: (range.upper - range.lower) / Double(max(count, 1)), isWhole: false)
    let first = step.index(range.lower, .up)
    let last = max(first, step.index(range.upper, .down))
    return (first...min(last, first + 20)).map { step.digits($0) }.filter { !$0.isZero }
  }
}

/// A step of 1, 2 or 5 times a power of ten. Ticks are counted in steps, so that their labels are
/// exact and never read 0.30000000000000004.
struct TickStep: Equatable {
  let factor: Int
  let power: Int

  static func nearest(to size: Double, isWhole: Bool) -> TickStep {
    guard size > 0, size.isFinite else { return TickStep(factor: 1, power: 0) }
    let power = Decade.floor(size)
    let share = Decade.scale(size, down: power)
    // The bounds are the geometric means of 1, 2, 5 and 10.
    let step =
      share < 1.4142135623730951
      ? TickStep(factor: 1, power: power)
      : share < 3.1622776601683795
        ? TickStep(factor: 2, power: power)
        : share < 7.0710678118654755
          ? TickStep(factor: 5, power: power) : TickStep(factor: 1, power: power + 1)
    return isWhole && step.power < 0 ? TickStep(factor: 1, power: 0) : step
  }

  func index(_ value: Double, _ rule: FloatingPointRoundingRule) -> Int {
    let count = Decade.scale(value, down: power) / Double(factor)
    // A bound that is a tick but for rounding noise is that tick.
    let nearest = count.rounded()
    let index = (count - nearest).magnitude < 1e-9 ? nearest : count.rounded(rule)
    return index.magnitude < 1e15 ? Int(index) : 0
  }

  func digits(_ index: Int) -> DecimalDigits { DecimalDigits(index * factor, power: power) }

  func value(_ index: Int) -> Double {
    let product = Double(index * factor)
    return power < 0 ? product / Decade.power(-power) : product * Decade.power(power)
  }

  /// All labels of an axis have the same number of decimals: 0.0, 0.5, 1.0. They are told times
  /// 10^`shift`.
  func label(_ index: Int, times shift: Int = 0) -> String {
    var digits = digits(index)
    let decimals = max(0, -(power + shift))
    if decimals > 9 || power + shift > 9 {
      return NumberText.brief(Decade.scale(value(index), down: -shift))
    }
    if !digits.isZero { digits.exponent += shift }
    if digits.isZero { return "0" }
    return (digits.isNegative ? "\u{2212}" : "") + digits.plain(decimals: decimals)
  }
}

/// Ticks of a log axis: powers of ten, with 2 and 5 times them where there is room.
enum LogTicks {
  static func values(from lower: Double, to upper: Double, count: Int) -> [DecimalDigits] {
    let first = Int(lower.rounded(.down))
    let last = Int(upper.rounded(.up))
    let decades = upper - lower
    let factors = decades <= 1.7 ? [1, 2, 5] : decades <= 2.6 ? [1, 3] : [1]
    let room = Double(max(count, 1)) + 1.5
    let stride = max(1, Int((decades / room).rounded(.up)))
    var values: [DecimalDigits] = []
    for power in first...max(first, last) where power % stride == 0 {
      for factor in factors {
        let digits = DecimalDigits(factor, power: power)
        let position = log10(digits)
        if position >= lower - 1e-9, position <= upper + 1e-9 { values.append(digits) }
      }
    }
    return values
  }

  static func log10(_ digits: DecimalDigits) -> Double {
    Double(digits.exponent - 1) + Decade.log10(Double(digits.mantissa) ?? 1)
  }

  /// Plain numbers from 0.001 to 10000; if one is outside, all are written with powers of ten.
  static func labels(_ values: [DecimalDigits]) -> [String] {
    let isPlain = values.allSatisfy { (-2...5).contains($0.exponent) }
    return values.map { digits in
      if isPlain { return digits.plain() }
      let factor = digits.mantissa == "1" ? "" : digits.mantissa + "×"
      return "\(factor)10\(NumberText.superscript(digits.exponent - 1))"
    }
  }
}
