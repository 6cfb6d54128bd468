import NNTensor

extension Value {
  /// As `print` writes it: Python's `str`.
  package var text: String {
    if case .string(let text) = self { return text }
    return representation
  }

  /// As it stands inside a list: Python's `repr`. A number of a dtype is written as its value, not
  /// as `np.float64(…)`, which says nothing to a reader of nn.
  package var representation: String {
    switch self {
    case .none: return "None"
    case .bool(let value): return value ? "True" : "False"
    case .int(let value): return String(value)
    case .float(let value): return PythonText.repr(value)
    case .scalar(let scalar): return NumPyText.string(scalar)
    case .string(let text): return PythonText.repr(text)
    case .tensor(let tensor): return NumPyText.print(tensor)
    case .list(let items): return "[" + Self.joined(items) + "]"
    case .tuple(let items):
      let parts = Self.joined(items)
      return items.count == 1 ? "(\(parts),)" : "(\(parts))"
    case .range(let range):
      return range.step == 1
        ? "range(\(range.start), \(range.stop))"
        : "range(\(range.start), \(range.stop), \(range.step))"
    case .dtype(let dtype): return dtype.name
    case .function(let function): return "<function \(function.name)>"
    case .network(let value): return "network \(value.name): \(value.network.summary)"
    case .record(let record): return record.summary
    case .absent: return ""
    }
  }

  /// What is longer than any text may be is not written to its end: whoever wanted it is told.
  private static func joined(_ items: [Value]) -> String {
    var text = ""
    for (place, item) in items.enumerated() where text.utf8.count <= Arithmetic.textLimit {
      if place > 0 { text += ", " }
      text += item.itemText
    }
    return text
  }

  var itemText: String {
    if case .tensor(let tensor) = self { return NumPyText.representation(tensor) }
    return representation
  }

  var formatArgument: FormatArgument {
    switch self {
    case .bool(let value), .scalar(.bool(let value)): .bool(value)
    case .int(let value): .integer(value)
    case .float(let value): .float(value)
    case .scalar(let scalar):
      scalar.dtype.isFloat ? .float(scalar.double) : .integer(scalar.integer ?? 0)
    default: .string(text)
    }
  }
}

extension RecordValue {
  /// `history of 100 epochs: loss, accuracy`
  var summary: String {
    if let line { return line }
    let parts = fields.map { name, value in "\(name)=\(value.kindName)" }
    return "<\(kind): \(parts.joined(separator: ", "))>"
  }
}
