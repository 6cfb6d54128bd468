
import NNLanguage
import NNSource
import NNOutput
enum Analyzer { static func check(_ p: [Program], predefined: [String]) -> [Diagnostic] { [] } }
struct HS { var lower: Int; var upper: Int; var kind: Int }
enum Highlighter { static func spans(of s: SourceSlice, vocabulary: Vocabulary) -> [HS] { [] } }
extension HighlightSpan.Kind { init(_ k: Int) { self = .keyword } }
extension CellEffects { init(_ p: Program) { self.init() }
 init(reading e: Expression) { self.init() } }
extension Diagnostic { package func text(in s: SourceFile) -> String { let p = s.position(of: range.lower)
 return "\(s.name):\(p.line):\(p.column): \(problem.wording.message)" + (problem.wording.hint.map { "\nhint: " + $0 } ?? "") } }
