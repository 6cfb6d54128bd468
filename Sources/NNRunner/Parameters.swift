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

  /// As an earlier run was given it.
  package init(_ parameter: RunParameter) {
    name = parameter.name
    switch parameter.value {
    case .int(let value): text = String(value)
    case .float(let value): text = value.description
    case .bool(let value): text = value ? "true" : "false"
    case .string(let value): text = value
    }
  }
}

extension ParameterSetting {
  /// Why the notebook can't be given it; nil where it can.
  package func misfit(in notebook: Notebook) -> RunProblem? {
    Parameters(notebook.frontMatter.parameters, settings: [self]).misfits.first
  }
}

/// The parameters a run begins with: those of the front matter, with the settings put in.
struct Parameters {
  private(set) var values: [(name: String, value: Value)] = []
  private(set) var misfits: [RunProblem] = []
  /// The names of those that settings gave.
  private var given: Set<String> = []

  init(_ declared: [NNNotebook.Parameter], settings: [ParameterSetting]) {
    for parameter in declared {
      var value = parameter.value
      // The last of several settings of one name counts, as with other command lines.
      if let setting = settings.last(where: { $0.name == parameter.name }) {
        if let read = parameter.value.reading(setting.text) {
          value = read
          given.insert(setting.name)
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
      let recorded: RunParameter.Value
      switch value {
      case .int(let number): recorded = .int(number)
      case .float(let number): recorded = .float(number)
      case .bool(let flag): recorded = .bool(flag)
      case .string(let text): recorded = .string(text)
      default: return nil
      }
      return RunParameter(name: name, value: recorded, isGiven: given.contains(name))
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
