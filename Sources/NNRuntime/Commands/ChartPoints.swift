import NNOutput
import NNSource
import NNTensor

/// `scatter x, y color=classes`.
struct PointMaking {
  static let mostClasses = 50

  private let making: ChartMaking
  private var arguments: Arguments { making.arguments }

  init(_ making: inout ChartMaking) throws {
    making.chart.x.label = making.chart.x.label ?? making.name(0)
    making.chart.y.label = making.chart.y.label ?? making.name(1)
    self.making = making
  }

  func content() throws -> Chart.Content {
    let x = try making.numbers(0, ranks: 1...1)
    let y = try making.numbers(1, ranks: 1...1)
    guard x.count == y.count else {
      throw making.failure(1, .lengthsDiffer(making.name(0), x.count, making.name(1), y.count))
    }
    var series = Chart.Series(x: x.doubles, y: y.doubles)
    if let option = making.given("color") {
      (series.groups, series.groupNames) = try groups(option, count: x.count)
    } else {
      series.label = try making.names("labels", count: 1, "series")?[0]
    }
    return .points([series])
  }

  /// The class of each point, and the classes' names where they have any.
  private func groups(_ option: Int, count: Int) throws -> (groups: [Int], names: [String]) {
    let value = arguments.value(option)
    let operand = arguments.sourceText(option)
    let groups: [Int]
    var names: [String] = []
    if value.isNumeric, let tensor = try arguments.at(option, value.tensor) {
      groups = try tensor.doubles.map { number in
        guard let group = Int(exactly: number) else {
          throw making.failure(option, .notClasses(operand: "color=\(operand)"))
        }
        return group
      }
    } else if let items = try value.items(), items.allSatisfy({ $0.isString }) {
      let words = items.map(\.text)
      for word in words where !names.contains(word) {
        names.append(word)
        guard names.count <= Self.mostClasses else { break }
      }
      groups = words.map { names.firstIndex(of: $0) ?? names.count }
    } else {
      throw making.failure(option, .notClasses(operand: "color=\(operand)"))
    }
    guard groups.count == count else {
      throw making.failure(
        option, .lengthsDiffer("color=\(operand)", groups.count, making.name(0), count))
    }
    let classes = Set(groups).sorted()
    guard classes.count <= Self.mostClasses else {
      throw making.failure(
        option,
        .tooMany(
          verb: making.verb, what: "classes", count: classes.count, limit: Self.mostClasses))
    }
    guard let labels = try making.names("labels", count: classes.count, "class") else {
      return (groups, names)
    }
    return (groups.map { classes.firstIndex(of: $0) ?? 0 }, labels)
  }
}

extension Value {
  fileprivate var isString: Bool {
    if case .string = self { return true }
    return false
  }
}
