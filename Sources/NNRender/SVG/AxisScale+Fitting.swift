import NNOutput

extension AxisScale {
  /// The scale of `axis` for some data. A log axis without a positive value, and any axis without
  /// data, runs from 0 to 1.
  static func fitted(
    _ axis: Chart.Axis, to values: some Sequence<Double>, including anchor: Double? = nil,
    fit: AxisFit
  ) -> AxisScale {
    if axis.scale == .log {
      let positive = ValueRange(values.lazy.filter { $0 > 0 })
      return .logarithmic(positive ?? ValueRange(1, 10), fit: fit)
    }
    guard var range = ValueRange(values) else { return .linear(ValueRange(0, 1), fit: fit) }
    if let anchor { range.include(anchor) }
    return .linear(range, fit: fit)
  }

  /// A place for each name, side by side; place i is the value i.
  static func bands(_ names: [String]) -> AxisScale {
    let count = Double(max(names.count, 1))
    let ticks = names.enumerated().map { index, name in
      Tick(position: (Double(index) + 0.5) / count, label: name)
    }
    return AxisScale(
      mapping: .linear(power: 0, base: 0, lower: -0.5, upper: count - 0.5), ticks: ticks,
      note: nil)
  }

  /// The least of 1, 2, 5, 10, 20 … that is at least `size`.
  static func roundStride(_ size: Double) -> Int {
    guard size > 1, size < 1e9 else { return 1 }
    var decade = 1
    while true {
      for factor in [1, 2, 5] where Double(factor * decade) >= size { return factor * decade }
      decade *= 10
    }
  }

  /// The same scale with every k-th tick, so that labels `width` wide (a share of the axis) keep
  /// apart.
  func thinned(toFit width: Double) -> AxisScale {
    guard ticks.count > 1, width > 0 else { return self }
    let gap = (ticks[1].position - ticks[0].position).magnitude
    guard gap > 0, gap < width else { return self }
    let stride = Self.roundStride(width / gap)
    let kept = ticks.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
    return AxisScale(mapping: mapping, ticks: kept, note: note)
  }
}
