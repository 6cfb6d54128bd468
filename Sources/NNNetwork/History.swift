/// What was measured in each epoch since the weights were drawn or set. Every series has one
/// number an epoch, nan where an epoch did not measure it.
package struct History: Sendable, Hashable {
  /// The epochs trained so far.
  package private(set) var epochs = 0
  /// In the order in which they were first measured.
  package private(set) var names: [String] = []
  private var columns: [[Double]] = []

  package init() {}

  /// Every column has `epochs` numbers.
  init(epochs: Int, columns: [(name: String, values: [Double])]) {
    self.epochs = epochs
    names = columns.map(\.name)
    self.columns = columns.map(\.values)
  }

  package var loss: [Double] { self["loss"] ?? [] }
  package var accuracy: [Double] { self["accuracy"] ?? [] }
  package var valLoss: [Double] { self["val_loss"] ?? [] }
  package var valAccuracy: [Double] { self["val_accuracy"] ?? [] }

  /// The series `loss`, `accuracy`, `val_loss`, `mse` …; nil when no epoch measured it.
  package subscript(name: String) -> [Double]? {
    names.firstIndex(of: name).map { columns[$0] }
  }

  mutating func append(_ measured: [(name: String, value: Double)]) {
    for index in columns.indices { columns[index].append(.nan) }
    for (name, value) in measured {
      if let index = names.firstIndex(of: name) {
        columns[index][epochs] = value
      } else {
        names.append(name)
        columns.append(Array(repeating: .nan, count: epochs) + [value])
      }
    }
    epochs += 1
  }
}
