import NNLanguage
import NNRuntime

/// NNReference: the registry as a reader meets it.
///
///     Registry → [ReferenceEntry] → ReferenceText      `nnbook help nn`
///                                 → ReferenceNotebook  notebooks/reference.md
///                                 → ReferenceJSON      for editors
///
/// It runs nothing and prints nothing: examples are text, their outputs are handed in.

/// One thing the help can show: a function, a command, a layer, a statement, a field, a constant.
package struct ReferenceEntry: Sendable {
  package enum Kind: String, Sendable {
    case function, command, layer, statement, field, constant
  }

  package let kind: Kind
  /// Every word that leads here; the first one is the title.
  package let names: [String]
  package let family: String
  /// What must be given, in one line.
  package let brief: String
  /// The ways it is written, with everything that can be given.
  package let usages: [String]
  package let summary: String
  /// Paragraphs and lists, an empty line between them.
  package let notes: String
  /// Operands, then options.
  package let parameters: [SignatureParameter]
  package let example: String
  package let seeAlso: [String]

  package var name: String { names[0] }
}

extension ReferenceEntry {
  init(_ signature: Signature) {
    switch signature.kind {
    case .function:
      kind = .function
      usages = [signature.fullCallUsage]
    case .layer:
      kind = .layer
      usages = [signature.commandUsage]
    case .command:
      kind = .command
      // What has forms of its own has none as a call.
      usages =
        signature.forms.isEmpty
        ? [signature.commandUsage, signature.fullCallUsage] : signature.forms
    }
    names = [signature.name]
    family = signature.family
    brief = signature.briefUsage
    summary = signature.summary
    notes = signature.notes
    parameters = signature.parameters
    example = signature.example
    seeAlso = signature.seeAlso
  }

  init(_ topic: LanguageTopic) {
    kind = topic.family == "fields" ? .field : topic.family == "constants" ? .constant : .statement
    names = topic.names
    family = topic.family
    brief = topic.usages[0]
    usages = topic.usages
    summary = topic.summary
    notes = topic.notes
    parameters = []
    example = topic.example
    seeAlso = topic.seeAlso
  }

  init(_ constant: RegistryConstant) {
    kind = .constant
    names = [constant.name]
    family = "constants"
    brief = constant.name
    usages = [constant.name]
    summary = constant.summary
    notes = ""
    parameters = []
    example = constant.example
    seeAlso = []
  }
}

/// All there is, in the order of the help.
package enum Reference {
  package struct Family: Sendable {
    package let name: String
    package let title: String
    package let entries: [ReferenceEntry]
  }

  package static let entries: [ReferenceEntry] =
    [ReferenceEntry(Registry.networkSignature)]
    + (Registry.commandEntries + Registry.functionEntries).map { ReferenceEntry($0.signature) }
    + Registry.layerSignatures.map { ReferenceEntry($0) }
    + Registry.topics.map { ReferenceEntry($0) }
    // `bool` is a function first.
    + Registry.constants.filter { Registry.functions[$0.name] == nil }.map { ReferenceEntry($0) }

  package static let families: [Family] = Registry.families.compactMap { family in
    let found = entries.filter { $0.family == family.name }
    return found.isEmpty
      ? nil : Family(name: family.name, title: family.title, entries: found)
  }
}
