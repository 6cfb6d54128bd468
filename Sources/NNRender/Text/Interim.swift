import NNOutput
import NNSource
package enum TextRenderer { package static func text(of o: CellOutput, in s: SourceFile) -> String { if case .text(let t) = o { return t }; return "" } }
