import Testing

@testable import NNTensor

/// `print` of arrays against NumPy 2.4.
@Suite struct TextPrintTests {
  struct Cases: Decodable {
    struct Full: Decodable {
      enum Values: Decodable {
        case range
        case literal([String])

        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          if (try? container.decode(String.self)) != nil {
            self = .range
          } else {
            self = .literal(try container.decode([String].self))
          }
        }
      }

      let dtype: String
      let shape: [Int]
      let values: Values
      let text: String

      var tensor: Tensor {
        let shape = Shape(shape)
        switch values {
        case .range: return Tensor(Array(0..<shape.elementCount), shape: shape)
        case .literal(let words):
          let doubles = words.compactMap(Double.init)
          switch dtype {
          case "bool": return Tensor(doubles.map { $0 != 0 }, shape: shape)
          case "uint8": return Tensor(doubles.map { UInt8($0) }, shape: shape)
          case "int64": return Tensor(words.compactMap { Int($0) }, shape: shape)
          case "float32": return Tensor(doubles.map { Float($0) }, shape: shape)
          default: return Tensor(doubles, shape: shape)
          }
        }
      }
    }

    let hashes: [String]
    let full: [Full]
  }

  @Test func `arrays print as NumPy prints them`() throws {
    for record in try Records.load("text-print", as: Cases.self).full {
      #expect(NumPyText.print(record.tensor) == record.text)
    }
  }

  @Test func `random arrays of all types, shapes and magnitudes print as NumPy prints them`() throws
  {
    for (seed, hash) in try Records.load("text-print", as: Cases.self).hashes.enumerated() {
      var generator = TextGenerator(seed)
      let text = NumPyText.print(generator.array())
      #expect(Records.hash(text) == hash.trimmedHex, "array \(seed):\n\(text)")
    }
  }

  @Test func `an element of a tensor prints by its own type`() {
    #expect(NumPyText.string(.float32(0.1)) == "0.1")
    #expect(NumPyText.string(.float64(Double(Float(0.1)))) == "0.10000000149011612")
    #expect(NumPyText.string(.uint8(200)) == "200")
    #expect(NumPyText.string(.int64(-3)) == "-3")
    #expect(NumPyText.string(.bool(true)) == "True")
  }
}
