import NNSource
import NNTensor

/// Precision, recall and F1 of every class, as scikit-learn's `classification_report` defines them:
/// the classes that occur on either side, in order; a share of nothing is 0.
package struct ClassificationReport: Sendable {
  package struct Row: Sendable {
    /// The share of those predicted that are right.
    package let precision: Double
    /// The share of those there are that were found.
    package let recall: Double
    /// Twice the right ones, over predicted and present ones together.
    package let f1: Double
    /// How many there are.
    package let support: Int
  }

  /// The class number of each of `rows`.
  package let classes: [Int]
  package let rows: [Row]
  package let accuracy: Double
  /// The plain mean of the classes.
  package let macroAverage: Row
  /// The mean of the classes by their support.
  package let weightedAverage: Row

  /// Both of the same length, which is not 0.
  package init(target: [Int], prediction: [Int]) throws {
    guard target.count == prediction.count, !target.isEmpty else {
      throw Problem.network(
        .metricShapes(target: [target.count], prediction: [prediction.count]))
    }
    let classes = Set(target + prediction).sorted()
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    var right = Array(repeating: 0, count: classes.count)
    var present = right
    var predicted = right
    for (truth, guess) in zip(target, prediction) {
      guard let row = places[truth], let column = places[guess] else { continue }
      present[row] += 1
      predicted[column] += 1
      if row == column { right[row] += 1 }
    }
    let rows = classes.indices.map { index in
      Row(
        precision: Self.share(right[index], of: predicted[index]),
        recall: Self.share(right[index], of: present[index]),
        f1: Self.share(2 * right[index], of: predicted[index] + present[index]),
        support: present[index])
    }
    self.classes = classes
    self.rows = rows
    accuracy = Self.share(right.reduce(0, +), of: target.count)
    macroAverage = try Self.average(rows, weights: rows.map { _ in 1 })
    weightedAverage = try Self.average(rows, weights: rows.map { Double($0.support) })
  }

  private static func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  private static func average(_ rows: [Row], weights: [Double]) throws -> Row {
    let weight = Tensor(weights, shape: nil)
    let whole = try weight.reduce(.sum).number
    func mean(_ column: KeyPath<Row, Double>) throws -> Double {
      let values = Tensor(rows.map { $0[keyPath: column] }, shape: nil)
      return try (values * weight).reduce(.sum).number / whole
    }
    return Row(
      precision: try mean(\.precision), recall: try mean(\.recall), f1: try mean(\.f1),
      support: rows.reduce(0) { $0 + $1.support })
  }
}

extension ClassificationReport {
  package static let columnNames = ["precision", "recall", "f1-score", "support"]

  /// A line of the table: nil where it has no number.
  package typealias Line = (name: String, values: [Double?], support: Int)

  /// The classes, by `names` where given, then accuracy and the averages.
  package func lines(names: [String]? = nil) -> [Line] {
    func line(_ name: String, _ row: Row) -> Line {
      (name, [row.precision, row.recall, row.f1], row.support)
    }
    let ofClasses = zip(classes, rows).map { number, row in
      let known = names.flatMap { $0.indices.contains(number) ? $0[number] : nil }
      return line(known ?? String(number), row)
    }
    return ofClasses + [
      ("accuracy", [nil, nil, accuracy], macroAverage.support),
      line("macro avg", macroAverage), line("weighted avg", weightedAverage),
    ]
  }

  /// The table in scikit-learn's own layout, two decimals.
  package func text(names: [String]? = nil) throws -> String {
    let lines = lines(names: names)
    let width = lines.map(\.name.count).reduce(0, max)
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func row(_ line: Line) throws -> String {
      let cells = try line.values.map { value in
        right(try value.map { try PythonFormat.format(.float($0), ".2f") } ?? "", 10)
      }
      let all = [right(line.name, width), " "] + cells + [right(String(line.support), 10)]
      return all.joined() + "\n"
    }
    let header =
      right("", width + 1) + Self.columnNames.map { right($0, 10) }.joined() + "\n\n"
    let ofClasses = try lines.prefix(rows.count).map(row).joined()
    let averages = try lines.suffix(3).map(row).joined()
    return header + ofClasses + "\n" + averages
  }
}
