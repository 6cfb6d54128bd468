import NNOutput
import Testing

@testable import NNRender

@Suite struct HighlightTests {
  private func marked(_ code: String) -> [String] {
    let bytes = Array(code.utf8)
    return PythonHighlighter.spans(bytes).map { span in
      span.kind.className + ":" + String(decoding: bytes[span.lower..<span.upper], as: UTF8.self)
    }
  }

  @Test func pythonIsColoured() {
    #expect(
      marked("def f(x):  # go\n  return x ** 2.5e-3 + len('a\\'b')")
        == ["k:def", "d:f", "c:# go", "k:return", "n:2.5e-3", "s:'a\\'b'"])
    #expect(marked("rb\"x\" '''a\nb''' 'open\nx") == ["s:rb\"x\"", "s:'''a\nb'''", "s:'open"])
  }

  /// Spans are in order, apart, and inside, whatever the code.
  @Test func spansFitAnyCode() {
    let alphabet = Array("'\"\\#\nrf0e-.dx\u{E9} ".utf8)
    for seed in UInt64(0)..<300 {
      let code = Samples.noise(40, seed: seed).map {
        alphabet[Int(abs($0) * 1000) % alphabet.count]
      }
      var end = 0
      for span in PythonHighlighter.spans(code) {
        #expect(span.lower >= end && span.upper > span.lower && span.upper <= code.count)
        end = span.upper
      }
    }
  }
}
