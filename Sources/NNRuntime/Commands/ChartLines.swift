import NNOutput
import NNSource
import NNTensor

/// `plot`: a line an operand, a column or a function.
struct LineMaking {
  /// Points drawn of a function.
  static let samples = 201

  private let making: ChartMaking
  private var arguments: Arguments { making.arguments }
  /// How many operands are drawn.
  private let count: Int
  /// Where functions are drawn, when a range was given.
  private let range: Tensor?

  init(_ making: inout ChartMaking) throws {
    self.making = making
    let arguments = making.arguments
    var limits = (from: 0, to: 1)
    if Self.endsInRange(arguments) {
      count = arguments.restCount - 2
      limits = (arguments.fixedCount + count, arguments.fixedCount + count + 1)
    } else {
      count = arguments.restCount
    }
    range = try Self.range(making, limits)
  }

  /// `plot(relu, elu, -3, 3)`: in a call the little words are dropped.
  private static func endsInRange(_ arguments: Arguments) -> Bool {
    guard arguments.restCount > 2, !arguments.isSome(0), !arguments.isSome(1),
      case .function = arguments.rest(0)
    else { return false }
    return (arguments.restCount - 2..<arguments.restCount).allSatisfy {
      arguments.rest($0).double != nil
    }
  }

  private static func range(_ making: ChartMaking, _ limits: (from: Int, to: Int)) throws
    -> Tensor?
  {
    let arguments = making.arguments
    switch (arguments.isSome(limits.from), arguments.isSome(limits.to)) {
    case (false, false): return nil
    case (true, true): break
    case (let hasFrom, _):
      throw Problem.value(.chart(.halfRange(missing: hasFrom ? "to" : "from")))
    }
    let (from, to) = (try arguments.double(limits.from), try arguments.double(limits.to))
    guard from < to, (to - from).isFinite else {
      throw making.failure(
        limits.from, .emptyRange(from: PythonText.repr(from), to: PythonText.repr(to)))
    }
    return try Tensor.linspace(from, to, count: samples)
  }

  func content() throws -> Chart.Content {
    guard arguments.restCount > 0 else {
      throw Problem.call(.missing(callee: making.verb, parameter: "series"))
    }
    var series: [Chart.Series] = []
    for offset in 0..<count {
      series += try self.series(arguments.fixedCount + offset)
    }
    return .lines(try making.labelled(series))
  }

  private func series(_ index: Int) throws -> [Chart.Series] {
    if case .function(let function) = arguments.value(index) {
      return [try line(of: function, index)]
    }
    guard range == nil else {
      throw making.failure(index, .rangeWithoutFunction(operand: arguments.sourceText(index)))
    }
    let tensor = try making.numbers(index, ranks: 1...2, expected: "vectors and matrices")
    let places = try places(count: tensor.shape[0], index)
    let name = making.name(index)
    if tensor.rank == 1 { return [Chart.Series(label: name, x: places, y: tensor.doubles)] }
    let width = tensor.shape[1]
    guard width <= ChartMaking.mostSeries else {
      throw making.failure(
        index,
        .tooMany(
          verb: making.verb, what: "lines", count: width, limit: ChartMaking.mostSeries))
    }
    let values = tensor.doubles
    return (0..<width).map { column in
      Chart.Series(
        label: "\(name)[:, \(column)]", x: places,
        y: stride(from: column, to: values.count, by: width).map { values[$0] })
    }
  }

  /// `x=`, or 0, 1, 2, …
  private func places(count: Int, _ index: Int) throws -> [Double] {
    guard let option = making.given("x") else { return (0..<count).map(Double.init) }
    let places = try making.numbers(option, ranks: 1...1)
    guard places.count == count else {
      throw making.failure(
        option,
        .lengthsDiffer("x=\(arguments.sourceText(option))", places.count, making.name(index), count)
      )
    }
    return places.doubles
  }

  // MARK: Functions

  private func line(of function: FunctionValue, _ index: Int) throws -> Chart.Series {
    let places: Tensor
    if let range {
      places = range
    } else if let option = making.given("x") {
      places = try making.numbers(option, ranks: 1...1).converted(to: .float64)
    } else {
      throw making.failure(
        index, .functionWithoutRange(verb: making.verb, operand: arguments.sourceText(index)))
    }
    return Chart.Series(
      label: making.name(index), x: places.doubles, y: try values(of: function, places, index))
  }

  /// The function of all places at once, or, where it takes only single numbers, of one after the
  /// other.
  private func values(of function: FunctionValue, _ places: Tensor, _ index: Int) throws
    -> [Double]
  {
    let interpreter = arguments.interpreter
    let at = arguments.ranges[index]
    let random = interpreter.random
    do {
      let result = try interpreter.call(function, [.tensor(places)], at: at)
      if let tensor = try result.tensor(), tensor.shape == places.shape { return tensor.doubles }
    } catch {
      if Self.isLimit(error) { throw error }
    }
    interpreter.random = random
    return try places.doubles.map { place in
      let result = try interpreter.call(function, [.scalar(.float64(place))], at: at)
      guard let value = result.double else {
        throw making.failure(
          index,
          .functionResult(function: arguments.sourceText(index), found: result.kindName))
      }
      return value
    }
  }

  private static func isLimit(_ error: any Error) -> Bool {
    let problem = (error as? Diagnostic)?.problem ?? error as? Problem
    if case .limit? = problem { return true }
    return false
  }
}
