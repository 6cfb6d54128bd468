import NNLanguage
import NNOutput
import NNRuntime
import NNSource

/// The parser's colours for a program, as the document holds them.
enum CellColours {
  static func spans(of program: SourceSlice) -> [NNOutput.HighlightSpan] {
    Highlighter.spans(of: program, vocabulary: Registry.vocabulary).compactMap { span in
      NNOutput.HighlightSpan.Kind(rawValue: span.kind.rawValue).map {
        NNOutput.HighlightSpan(span.lower, span.upper, $0)
      }
    }
  }
}
