import NNSource

/// NNOutput: what a run leaves behind, as plain data: `CellOutput`s in `CellRecord`s in an
/// `OutputDocument`. It knows no tensor, no HTML and not who made it; renderers and the comparison
/// read it, nothing writes it but the runner.

/// One thing a cell emitted, in the order it was emitted.
package enum CellOutput: Sendable, Hashable {
  /// What `print` wrote, and the value of a cell's last expression.
  case text(PrintedText)
  case table(TableOutput)
  case chart(Chart)
  case pictures(PictureGrid)
  case diagram(NetworkDiagram)
  case weights(WeightsOutput)
  /// A gradient check, layer by layer.
  case gradients(GradientReport)
  /// An `assert` that held.
  case assertion(AssertionOutput)
  /// A warning or an error, with its place.
  case diagnostic(Diagnostic)
}

/// A number as a renderer needs it: the value for comparing, the text for reading.
package struct NumberCell: Sendable, Hashable {
  package let value: Double
  package let text: String

  package init(_ value: Double, text: String) {
    self.value = value
    self.text = text
  }
}

package struct TableOutput: Sendable, Hashable {
  package enum Cell: Sendable, Hashable {
    case text(String)
    case number(NumberCell)
    case empty
  }

  package var title: String?
  /// Empty when the table has no heading row.
  package var columns: [String]
  /// Empty when the rows have no names, otherwise one a row.
  package var rowNames: [String]
  package var rows: [[Cell]]
  /// How many rows there were before the table was cut to `rows`.
  package var totalRows: Int

  package init(
    title: String? = nil, columns: [String], rowNames: [String] = [], rows: [[Cell]],
    totalRows: Int? = nil
  ) {
    self.title = title
    self.columns = columns
    self.rowNames = rowNames
    self.rows = rows
    self.totalRows = totalRows ?? rows.count
  }
}

/// `weights net`: each array with its name and what NumPy would print.
package struct WeightsOutput: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    package let name: String
    package let tensor: OutputTensor
    package let text: String

    package init(name: String, tensor: OutputTensor, text: String) {
      self.name = name
      self.tensor = tensor
      self.text = text
    }

    package var shape: [Int] { tensor.shape }
    package var dtype: String { tensor.dtype }
  }

  package var network: String
  package var entries: [Entry]

  package init(network: String, entries: [Entry]) {
    self.network = network
    self.entries = entries
  }
}

package struct GradientReport: Sendable, Hashable {
  package struct Row: Sendable, Hashable {
    package let parameter: String
    package let shape: [Int]
    package let checked: Int
    package let largestRelativeError: Double

    package init(parameter: String, shape: [Int], checked: Int, largestRelativeError: Double) {
      self.parameter = parameter
      self.shape = shape
      self.checked = checked
      self.largestRelativeError = largestRelativeError
    }
  }

  package var network: String
  package var rows: [Row]

  package init(network: String, rows: [Row]) {
    self.network = network
    self.rows = rows
  }
}

package struct AssertionOutput: Sendable, Hashable {
  /// The condition as the cell spells it.
  package let condition: String
  /// The author's "why", if given.
  package let reason: String?

  package init(condition: String, reason: String?) {
    self.condition = condition
    self.reason = reason
  }
}
