import NNSource
import NNTensor

/// What a network should answer, one row a sample, in one of two forms.
struct Targets {
  enum Form {
    case classes(ClassNumbers)
    /// Shape (samples, outputs), any dtype.
    case rows(Tensor)
  }

  let form: Form
  let samples: Int
  let outputs: Int

  /// `y` as class numbers — shape (samples,) or (samples, 1) where there are several outputs — or
  /// as rows, (samples, outputs); higher ranks are flattened per sample.
  init(_ y: Tensor, samples: Int, outputs: Int) throws {
    self.samples = samples
    self.outputs = outputs
    let isOneRow = samples == 1 && y.rank == 1 && y.count == outputs
    let first = isOneRow || y.rank == 0 ? 1 : y.shape[0]
    guard first == samples else {
      throw Problem.network(.sampleCounts(x: samples, y: first))
    }
    if y.count.splits(into: samples, of: outputs) {
      form = .rows(try y.reshaped([samples, outputs]))
    } else if y.count == samples {
      form = .classes(try Self.classes(y, outputs: outputs))
    } else {
      throw Problem.network(.targetWidth(shape: y.shape.array, outputs: outputs))
    }
  }

  /// Those of part of the samples.
  func part(_ range: Range<Int>) throws -> Targets {
    let part: Form =
      switch form {
      case .classes(let classes): .classes(classes.part(range))
      case .rows(let rows): .rows(try rows.rows(range))
      }
    return Targets(form: part, samples: range.count, outputs: outputs)
  }

  private init(form: Form, samples: Int, outputs: Int) {
    self.form = form
    self.samples = samples
    self.outputs = outputs
  }

  private static func classes(_ y: Tensor, outputs: Int) throws -> ClassNumbers {
    let classes = try ClassNumbers(y)
    guard let sample = classes.numbers.firstIndex(of: classes.classCount - 1),
      classes.classCount > outputs
    else { return classes }
    throw Problem.network(
      .targetClass(
        classes.numbers[sample], sample: sample, outputs: outputs,
        lowest: classes.numbers.min() ?? 0))
  }

  /// The rows `range`, in `dtype`.
  func rows(_ range: Range<Int>, dtype: DType) throws -> Tensor {
    switch form {
    case .rows(let rows): return try rows.rows(range).cast(to: dtype)
    case .classes(let classes):
      return try classes.oneHot(outputs, rows: classes.numbers[range], dtype: dtype)
    }
  }

  /// The class of each sample: the numbers themselves, the place of the 1 in rows of one 1 and
  /// zeros, or 0 and 1 of a single output. Nil where the targets are values, not classes.
  func classes() throws -> [Int]? {
    switch form {
    case .classes(let classes): return classes.numbers
    case .rows(let rows):
      let values = rows.doubles
      return outputs == 1 ? Self.bits(values) : Self.places(values, width: outputs)
    }
  }

  private static func bits(_ values: [Double]) -> [Int]? {
    values.allSatisfy { $0 == 0 || $0 == 1 } ? values.map { $0 == 1 ? 1 : 0 } : nil
  }

  private static func places(_ values: [Double], width: Int) -> [Int]? {
    var places: [Int] = []
    for start in stride(from: 0, to: values.count, by: width) {
      var place: Int?
      for column in 0..<width where values[start + column] != 0 {
        guard values[start + column] == 1, place == nil else { return nil }
        place = column
      }
      guard let place else { return nil }
      places.append(place)
    }
    return places
  }

  /// A problem when `loss` can't be taken against these rows: a logarithm wants each within 0...1,
  /// and `cross_entropy` rows that sum to 1.
  func check(for loss: Loss) throws {
    guard loss.needsProbabilities, case .rows(let rows) = form else { return }
    let values = rows.doubles
    for (index, value) in values.enumerated() where !(value >= 0 && value <= 1) && !value.isNaN {
      throw Problem.network(
        .targetOutsideUnit(value, sample: index / outputs, loss: loss.rawValue))
    }
    guard loss == .crossEntropy else { return }
    for sample in 0..<samples {
      let sum = values[sample * outputs..<(sample + 1) * outputs].reduce(0, +)
      guard abs(sum - 1) > 1e-6 else { continue }
      throw Problem.network(.targetRowSum(sum, sample: sample))
    }
  }
}
