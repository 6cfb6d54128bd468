import NNLanguage
import NNSource

/// The programs of a notebook's cells, for telling the functions in values apart. A list may hold a
/// hundred thousand functions of one source, which is then hashed once.
final class ProgramTexts {
  private let texts: [ProgramText]
  private var hashes: [SourceRange: ContentHash?] = [:]

  init(_ texts: [ProgramText]) { self.texts = texts }

  subscript(index: Int) -> ProgramText { texts[index] }

  /// Of the program at a place of the file.
  func hash(of range: SourceRange) -> ContentHash? {
    if let known = hashes[range] { return known }
    let hash = texts.lazy.compactMap { $0.hash(of: range) }.first
    hashes[range] = .some(hash)
    return hash
  }
}
