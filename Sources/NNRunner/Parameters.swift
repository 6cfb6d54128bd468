import NNLanguage
import NNNotebook
import NNOutput
import NNRuntime
import NNSource

/// `-P epochs=50`: another value for one of a notebook's parameters, as it was typed.
package struct ParameterSetting: Sendable, Hashable {
  package let name: String
  package let text: String

  /// Nil when there is no `=` with a name before it.
  package init?(_ typed: String) {
    guard let equals = typed.firstIndex(of: "="), equals > typed.startIndex else { return nil }
    name = String(typed[..<equals])
    text = String(typed[typed.index(after: equals)...])
  }
}

/// The parameters a run begins with: those of the front matter, with the settings put in.
struct Parameters {
  private(set) var values: [(name: String, value: Value)] = []
  private(set) var misfits: [RunProblem] = []

  init(_ declared: [NNNotebook.Parameter], settings: [ParameterSetting]) {
    for parameter in declared {
      var value = parameter.value
      // The last of several settings of one name counts, as with other command lines.
      if let setting = settings.last(where: { $0.name == parameter.name }) {
        if let read = parameter.value.reading(setting.text) {
          value = read
        } else {
          misfits.append(
            .parameterSetting(name: setting.name, text: setting.text, kind: parameter.value.kind))
        }
      }
      values.append((parameter.name, value.value))
    }
    let names = declared.map(\.name)
    for setting in settings where !names.contains(setting.name) {
      misfits.append(.unknownParameter(name: setting.name, known: names))
    }
  }
}

extension Parameters {
  /// What the record holds of them.
  var recorded: [RunParameter] {
    values.compactMap { name, value in
      switch value {
      case .int(let number): RunParameter(name: name, value: .int(number))
      case .float(let number): RunParameter(name: name, value: .float(number))
      case .bool(let flag): RunParameter(name: name, value: .bool(flag))
      case .string(let text): RunParameter(name: name, value: .string(text))
      default: nil
      }
    }
  }

  /// What the analysis may take for granted of them.
  var known: [String: AbstractValue] {
    Dictionary(
      values.map { name, value in
        switch value {
        case .int(let number): (name, .int(number))
        case .float: (name, .float)
        case .bool(let flag): (name, .bool(flag))
        case .string(let text): (name, .string(text))
        default: (name, .unknown)
        }
      }, uniquingKeysWith: { first, _ in first })
  }
}

extension ParameterValue {
  var value: Value {
    switch self {
    case .int(let value): .int(value)
    case .float(let value): .float(value)
    case .bool(let value): .bool(value)
    case .string(let value): .string(value)
    }
  }

  /// `text` as a value of the same type; nil if it is none. A whole number will do for a float.
  func reading(_ text: String) -> ParameterValue? {
    switch self {
    case .int: Int(text).map(ParameterValue.int)
    case .float: Double(text).flatMap { $0.isFinite ? .float($0) : nil }
    case .bool:
      switch text {
      case "true", "True": .bool(true)
      case "false", "False": .bool(false)
      default: nil
      }
    case .string: .string(text)
    }
  }
}
