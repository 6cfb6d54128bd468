import Testing

@testable import NNTensor

/// `repr` and `round` of numbers and strings against Python.
@Suite struct TextNumberTests {
  struct Cases: Decodable {
    let doubles: [String]
    let floats: [String]
    let strings: [[String]]
    let literal: [[String]]
    let rounded: [Rounded]

    struct Rounded: Decodable {
      let value: Double
      let digits: Int
      let result: String

      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        value = Double(try container.decode(String.self)) ?? .nan
        digits = try container.decode(Int.self)
        result = try container.decode(String.self)
      }
    }
  }

  let cases: Cases

  init() throws { cases = try Records.load("text-numbers") }

  @Test func `floats have Python's repr`() {
    for pair in cases.literal {
      #expect(Double(pair[0]).map { PythonText.repr($0) } == pair[1])
    }
    for (seed, hash) in cases.doubles.enumerated() {
      let text = numbers(seed).map { PythonText.repr($0) }.joined(separator: " ")
      #expect(Records.hash(text) == hash.trimmedHex, "numbers \(seed): \(text)")
    }
  }

  @Test func `float32 numbers have the shortest digits of their own type`() {
    for (seed, hash) in cases.floats.enumerated() {
      let text = numbers(seed).map { PythonText.repr(Float($0)) }.joined(separator: " ")
      #expect(Records.hash(text) == hash.trimmedHex, "numbers \(seed): \(text)")
    }
  }

  private func numbers(_ seed: Int) -> [Double] {
    var generator = TextGenerator(seed)
    return (0..<25).map { _ in
      let kind = generator.below(8)
      return generator.number(kind)
    }
  }

  @Test func `strings have Python's quotes and escapes`() {
    for pair in cases.strings { #expect(PythonText.repr(pair[0]) == pair[1]) }
    #expect(PythonText.repr("it's") == "\"it's\"")
    #expect(PythonText.repr("\"it's\"\n\u{7f}") == "'\"it\\'s\"\\n\\x7f'")
  }

  @Test func `rounding is that of the exact value, as Python's round`() {
    for record in cases.rounded {
      let result = PythonNumber.rounded(record.value, digits: record.digits)
      #expect(PythonText.repr(result) == record.result, "round(\(record.value), \(record.digits))")
    }
    #expect(PythonNumber.rounded(1.7e308, digits: -308) == .infinity)
  }

  @Test func `every digit of a number can be had`() {
    let smallest = DecimalDigits(exactly: 0x1p-1074)
    #expect(smallest.fractionCount == 1074)
    #expect(smallest.fraction(1074).hasSuffix("538682506419718265533447265625"))
    #expect(DecimalDigits(exactly: .greatestFiniteMagnitude).whole.count == 309)
    #expect(DecimalDigits(exactly: 0.1).count == 55)
  }
}
