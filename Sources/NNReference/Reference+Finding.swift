import NNLanguage
import NNRuntime
import NNSource

extension Reference {
  /// What the help has to say on a name.
  package enum Finding: Sendable {
    /// Entries of that name: `predict` is a function and a command.
    case entries([ReferenceEntry])
    /// A little word, an option or one of an option's words: where it belongs.
    case mentions([Mention])
  }

  package struct Mention: Sendable {
    package let entry: ReferenceEntry
    package let parameter: SignatureParameter
    /// It is one of the parameter's words, not its name.
    package let isWord: Bool
  }

  /// Looks a name up as a reader might write it: `exp`, `np.exp`, `x.mean()`, `.T`.
  package static func find(_ name: String) throws(Problem) -> Finding {
    let spellings = spellings(of: name)
    for spelling in spellings {
      let found = entries.filter { $0.names.contains(spelling) }
      if !found.isEmpty { return .entries(found) }
    }
    for spelling in spellings {
      let found = mentions(of: spelling)
      if !found.isEmpty { return .mentions(found) }
    }
    let word = spellings.last ?? name
    throw .name(
      .unknownTopic(name, suggestion: Spelling.nearest(to: word, among: entries.flatMap(\.names))))
  }

  /// The name itself, without brackets, as a field, without what stands before its last point, and
  /// as nn spells what NumPy calls otherwise.
  private static func spellings(of name: String) -> [String] {
    let plain = String(name.prefix { $0 != "(" })
    var spellings = [plain, "." + plain]
    if let point = plain.lastIndex(of: ".") {
      let last = String(plain[plain.index(after: point)...])
      let replacement = ForeignSyntax.replacement(forModuleMember: last)
      spellings += ["." + last, last] + [replacement].compactMap(\.self)
      // `np.shape` is the function, `x.shape` the field.
      if Expression.isModuleName(String(plain.prefix { $0 != "." })) {
        spellings.removeAll { $0 == "." + last }
      }
    }
    return spellings.filter { !$0.isEmpty }
  }

  private static func mentions(of word: String) -> [Mention] {
    entries.flatMap { entry in
      entry.parameters.compactMap { parameter in
        let isWord = parameter.words.contains(word)
        guard isWord || parameter.name == word, parameter.standard != nil else { return nil }
        return Mention(entry: entry, parameter: parameter, isWord: isWord)
      }
    }
  }
}
