import NNOutput
import NNSource
import NNTensor

/// `bar heights, …`: a group of bars for each place, a bar for each operand.
struct BarMaking {
  static let mostBars = 1_000

  private let making: ChartMaking
  private var arguments: Arguments { making.arguments }
  private let series: [Chart.Series]

  init(_ making: inout ChartMaking) throws {
    let arguments = making.arguments
    guard arguments.restCount > 0 else {
      throw Problem.call(.missing(callee: "bar", parameter: "heights"))
    }
    var series: [Chart.Series] = []
    for offset in 0..<arguments.restCount {
      let index = arguments.fixedCount + offset
      let heights = try making.numbers(index, ranks: 1...1)
      if let first = series.first, first.y.count != heights.count {
        throw making.failure(
          index,
          .lengthsDiffer(
            making.name(arguments.fixedCount), first.y.count, making.name(index), heights.count))
      }
      guard heights.count <= Self.mostBars else {
        throw making.failure(
          index,
          .tooMany(verb: "bar", what: "bars", count: heights.count, limit: Self.mostBars))
      }
      series.append(
        Chart.Series(
          label: making.name(index), x: (0..<heights.count).map(Double.init), y: heights.doubles))
    }
    let count = series[0].x.count
    making.chart.x.categories = try making.names("x", count: count, "bar") ?? []
    self.series = series
    // `bar heights labels=names`: names of bars where there is nothing else to name.
    if series.count == 1, count != 1, making.chart.x.categories.isEmpty,
      let option = making.given("labels"), try arguments.strings(option).count == count
    {
      making.chart.x.categories = try arguments.strings(option)
      labelsNameBars = true
    } else {
      labelsNameBars = false
    }
    self.making = making
  }

  private let labelsNameBars: Bool

  func content() throws -> Chart.Content {
    guard !labelsNameBars else {
      var only = series[0]
      only.label = nil
      return .bars([only])
    }
    return .bars(try making.labelled(series))
  }
}

/// `heatmap m labels=classes`: the rows of a matrix from the top.
struct HeatmapMaking {
  static let mostCells = 250_000
  /// Cells that still have room for their number.
  static let mostNumbers = 225

  private let making: ChartMaking
  private let matrix: Tensor

  init(_ making: inout ChartMaking) throws {
    matrix = try making.numbers(0, ranks: 2...2, expected: "a matrix")
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    guard matrix.count <= Self.mostCells else {
      throw making.failure(
        0,
        .tooMany(verb: "heatmap", what: "cells", count: matrix.count, limit: Self.mostCells))
    }
    making.chart.x.categories = try making.names("x", count: columns, "column") ?? []
    making.chart.y.categories = try making.names("y", count: rows, "row") ?? []
    if let option = making.given("labels") {
      let labels = try making.arguments.strings(option)
      let fitsColumns = labels.count == columns && making.chart.x.categories.isEmpty
      let fitsRows = labels.count == rows && making.chart.y.categories.isEmpty
      guard fitsColumns || fitsRows else {
        throw making.failure(
          option,
          .nameCount(option: "labels", given: labels.count, needed: columns, what: "column"))
      }
      if fitsColumns { making.chart.x.categories = labels }
      if fitsRows { making.chart.y.categories = labels }
    }
    self.making = making
  }

  func content() throws -> Chart.Content {
    let isAnnotated =
      try making.given("values").map { try making.arguments.bool($0, default: false) }
      ?? (matrix.count <= Self.mostNumbers)
    return .heatmap(
      rows: matrix.shape[0], columns: matrix.shape[1], values: matrix.doubles,
      isAnnotated: isAnnotated)
  }
}
