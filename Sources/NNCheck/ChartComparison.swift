import NNOutput
import NNSource

/// Two charts by their data: a point that moved is told as a point.
struct ChartComparison {
  private let recorded: Chart
  private let fresh: Chart
  private let tolerance: Tolerance

  init(_ recorded: Chart, _ fresh: Chart, _ tolerance: Tolerance) {
    self.recorded = recorded
    self.fresh = fresh
    self.tolerance = tolerance
  }

  func differences() -> [Difference] {
    OutputComparison.changed("the title", recorded.title, fresh.title)
      + differences("x", recorded.x, fresh.x) + differences("y", recorded.y, fresh.y)
      + contentDifferences()
  }

  private func differences(_ name: String, _ old: Chart.Axis, _ new: Chart.Axis) -> [Difference] {
    OutputComparison.changed("the label of the \(name) axis", old.label, new.label)
      + OutputComparison.changed(
        "the scale of the \(name) axis", old.scale.rawValue, new.scale.rawValue)
      + OutputComparison.changed(
        "the categories of the \(name) axis", old.categories, new.categories)
  }

  private func contentDifferences() -> [Difference] {
    switch (recorded.content, fresh.content) {
    case (.lines(let old), .lines(let new)), (.points(let old), .points(let new)):
      return series(old, new) { "point \($0 + 1)" }
    case (.bars(let old), .bars(let new)):
      return series(old, new) { [fresh] index in
        let names = fresh.x.categories
        return "bar "
          + (names.indices.contains(index) ? Difference.quoted(names[index]) : "\(index + 1)")
      }
    case (.histogram(let oldCounts, let oldEdges), .histogram(let newCounts, let newEdges)):
      return histogram(oldCounts, oldEdges, newCounts, newEdges)
    case (
      .heatmap(let oldRows, let oldColumns, let old, let oldIsAnnotated),
      .heatmap(let rows, let columns, let new, let isAnnotated)
    ):
      let sizes = ("\(oldRows) by \(oldColumns)", "\(rows) by \(columns)")
      guard sizes.0 == sizes.1 else { return [Difference("the size", sizes.0, sizes.1)] }
      var tally = ElementTally(tolerance)
      tally.compare(old, new) { place(of: $0, columns: columns) }
      let written = (
        oldIsAnnotated ? "written" : "not written", isAnnotated ? "written" : "not written"
      )
      return (written.0 == written.1 ? [] : [Difference("the values", written.0, written.1)])
        + OutputComparison.list(tally)
    default: return [Difference("the kind of chart", recorded.kindName, fresh.kindName)]
    }
  }

  // MARK: Series

  /// Series of one label belong together; those without one, and those whose label is new, by
  /// their order.
  private func series(
    _ old: [Chart.Series], _ new: [Chart.Series], _ point: (Int) -> String
  ) -> [Difference] {
    var differences: [Difference] = []
    var points = ElementTally(tolerance)
    for pair in Self.pairs(old, new) {
      guard let one = pair.old, let other = pair.new else {
        let name = (pair.new ?? pair.old)?.label.map(Difference.quoted) ?? "\(pair.number)"
        differences.append(
          Difference(
            "series \(name)", pair.old.map { NumberWords.count($0.y.count, "point") },
            pair.new.map { NumberWords.count($0.y.count, "point") }))
        continue
      }
      let name = name(other, pair.number, isAlone: new.count == 1)
      differences += OutputComparison.changed(
        "the label of series \(pair.number)", one.label, other.label)
      differences += OutputComparison.changed(
        "the number of points" + name, one.y.count, other.y.count)
      points.compare(one.x, other.x) { "\(point($0))\(name): x" }
      points.compare(one.y, other.y) { "\(point($0))\(name): y" }
      differences += groups(one, other, name, point)
    }
    return differences + OutputComparison.list(points)
  }

  private func groups(
    _ one: Chart.Series, _ other: Chart.Series, _ name: String, _ point: (Int) -> String
  ) -> [Difference] {
    let names = OutputComparison.changed(
      "the names of the classes" + name, one.groupNames, other.groupNames)
    let differing = zip(one.groups, other.groups).enumerated().filter {
      $0.element.0 != $0.element.1
    }
    guard let first = differing.first else {
      return names
        + OutputComparison.changed(
          "the number of classed points" + name, one.groups.count, other.groups.count)
    }
    var difference = Difference(
      "\(point(first.offset))\(name): the class", one.groupName(first.offset),
      other.groupName(first.offset))
    difference.others = differing.count - 1
    difference.total = other.groups.count
    return names + [difference]
  }

  /// ` of 'loss'`; the only series of a chart may go by the name of what it shows.
  private func name(_ series: Chart.Series, _ number: Int, isAlone: Bool) -> String {
    let label = series.label ?? (isAlone ? fresh.y.label : nil)
    return label.map { " of " + Difference.quoted($0) }
      ?? (isAlone ? "" : " of series \(number)")
  }

  private struct Pair {
    let old: Chart.Series?
    let new: Chart.Series?
    /// From 1.
    let number: Int
  }

  private static func pairs(_ old: [Chart.Series], _ new: [Chart.Series]) -> [Pair] {
    var free = Array(old.indices)
    var partners = [Int?](repeating: nil, count: new.count)
    for (index, series) in new.enumerated() {
      guard series.label != nil,
        let place = free.firstIndex(where: { old[$0].label == series.label })
      else { continue }
      partners[index] = free.remove(at: place)
    }
    for index in new.indices where partners[index] == nil && !free.isEmpty {
      partners[index] = free.removeFirst()
    }
    return new.indices.map { index in
      Pair(old: partners[index].map { old[$0] }, new: new[index], number: index + 1)
    } + free.map { Pair(old: old[$0], new: nil, number: $0 + 1) }
  }

  // MARK: Grids

  private func histogram(
    _ oldCounts: [Double], _ oldEdges: [Double], _ newCounts: [Double], _ newEdges: [Double]
  ) -> [Difference] {
    var tally = ElementTally(tolerance)
    tally.compare(oldEdges, newEdges) { "edge \($0 + 1)" }
    tally.compare(oldCounts, newCounts) { index in
      guard newEdges.indices.contains(index + 1) else { return "the count of bin \(index + 1)" }
      let (from, to) = (NumberWords.text(newEdges[index]), NumberWords.text(newEdges[index + 1]))
      return "the count of bin \(index + 1) (\(from) to \(to))"
    }
    return OutputComparison.changed("the number of bins", oldCounts.count, newCounts.count)
      + OutputComparison.list(tally)
  }

  private func place(of offset: Int, columns: Int) -> String {
    func name(_ names: [String], _ index: Int) -> String {
      names.indices.contains(index) ? Difference.quoted(names[index]) : "\(index + 1)"
    }
    let (row, column) = (offset / max(1, columns), offset % max(1, columns))
    return "row \(name(fresh.y.categories, row)), column \(name(fresh.x.categories, column))"
  }
}

extension Chart {
  fileprivate var kindName: String {
    switch content {
    case .lines: "lines"
    case .points: "points"
    case .bars: "bars"
    case .histogram: "a histogram"
    case .heatmap: "a heatmap"
    }
  }
}

extension Chart.Series {
  fileprivate func groupName(_ point: Int) -> String {
    guard groups.indices.contains(point) else { return "none" }
    let group = groups[point]
    return groupNames.indices.contains(group) ? Difference.quoted(groupNames[group]) : "\(group)"
  }
}
