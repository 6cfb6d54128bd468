import NNLanguage
import NNNetwork
import NNTensor

/// What an nn expression can be. Values do not alias: a copy is a copy, storage is shared until
/// one side changes it.
package enum Value: Sendable {
  case none
  case bool(Bool)
  /// A plain integer: a literal, `len`, `int()`. Weak in promotion, overflow is an error.
  case int(Int)
  /// A plain float: weak in promotion, division by zero is an error.
  case float(Double)
  /// An element or a full reduction of a tensor: keeps its dtype, wraps and divides as NumPy does.
  case scalar(Scalar)
  case string(String)
  case tensor(Tensor)
  case list([Value])
  case tuple([Value])
  /// `range(n)`: counted, never stored.
  case range(RangeValue)
  case dtype(DType)
  case function(FunctionValue)
  case network(NetworkValue)
  /// Something with fields by `.name`: a history, a prediction.
  case record(RecordValue)
  /// Not a value of the language: a parameter that was not given, a name not yet assigned.
  case absent
}

/// `range(start, stop, step)`.
package final class RangeValue: Sendable {
  package let start: Int
  package let stop: Int
  package let step: Int

  package init(start: Int, stop: Int, step: Int) {
    self.start = start
    self.stop = stop
    self.step = step
  }

  package var count: Int {
    if step > 0 { return stop > start ? (stop - start - 1) / step + 1 : 0 }
    return start > stop ? (start - stop - 1) / (0 - step) + 1 : 0
  }
}

/// A network in a box, so that a value stays two words wide.
package final class NetworkValue: Sendable {
  package let name: String
  package let network: Network

  package init(name: String, network: Network) {
    self.name = name
    self.network = network
  }
}

/// Named fields in a fixed order, and the line `print` writes for them.
package final class RecordValue: Sendable {
  package let kind: String
  package let fields: [(name: String, value: Value)]
  /// What `print` writes; nil for a list of the fields.
  let line: String?

  package init(kind: String, fields: [(name: String, value: Value)], line: String? = nil) {
    self.kind = kind
    self.fields = fields
    self.line = line
  }

  package func field(_ name: String) -> Value? { fields.first { $0.name == name }?.value }
}

extension Value {
  /// The word messages use for this kind of value.
  package var kindName: String {
    switch self {
    case .none: "none"
    case .bool: "a bool"
    case .int: "an integer"
    case .float: "a number"
    case .scalar(let scalar): scalar.dtype == .bool ? "a bool" : "a number (\(scalar.dtype.name))"
    case .string: "a string"
    case .tensor(let tensor): "a tensor of shape \(tensor.shape.text)"
    case .list(let items): "a list of \(items.count)"
    case .tuple(let items): "a tuple of \(items.count)"
    case .range: "a range"
    case .dtype: "a dtype"
    case .function: "a function"
    case .network: "a network"
    case .record(let record): "a \(record.kind)"
    case .absent: "nothing"
    }
  }
}
