import NNLanguage
import NNOutput
import NNSource
import NNTensor
import Testing

@testable import NNRuntime

/// The quick forms of the interpreter against the general way, on random programs full of values
/// that are shared, changed in place and passed about: the same values to the last bit, the same
/// texts, the same errors.
@Suite struct QuickFormTests {
  @Test(arguments: 0..<8)
  func quickFormsGiveTheSameAsTheGeneralWay(_ group: Int) {
    for number in 0..<60 {
      var generator = ProgramGenerator(seed: UInt64(group * 1_000 + number))
      let cells = generator.cells(16)
      let text = cells.joined(separator: "\n")
      let source = SourceFile(name: "random.nn", text: text)
      let (quick, general) = (
        Interpreter(source: source),
        Interpreter(source: source, hasQuickForms: false)
      )
      var start = 0
      for cell in cells {
        defer { start += cell.utf8.count + 1 }
        let slice = SourceSlice(pieces: [(text: Array(cell.utf8), fileOffset: start)])
        guard let program = try? Parser.program(slice, vocabulary: Registry.vocabulary) else {
          Issue.record("no program: \(cell)")
          return
        }
        let (left, right) = (Snapshot(quick, program), Snapshot(general, program))
        guard left != right else { continue }
        Issue.record(
          "group \(group), program \(number)\n\(text)\n--- at\n\(cell)\n\(left)\n\(right)")
        return
      }
    }
  }
}

/// What a cell did: its outputs, its error, and every name's value, bit by bit.
private struct Snapshot: Equatable, CustomStringConvertible {
  var description = ""

  init(_ interpreter: Interpreter, _ program: Program) {
    let (outputs, failure) = interpreter.run(program)
    for case .text(let printed) in outputs { description += printed.text }
    if let failure { description += "\(failure.problem.wording.message) \(failure.range)\n" }
    for name in ProgramGenerator.names {
      guard let value = interpreter.value(of: name) else { continue }
      description += "\(name) = \(Self.bits(value))\n"
    }
  }

  private static func bits(_ value: Value) -> String {
    switch value {
    case .tensor(let tensor):
      let elements = (0..<tensor.count).map { String(tensor[flat: $0].canonicalBits, radix: 16) }
      return "\(tensor.dtype.name) \(tensor.shape.text) \(elements.joined(separator: " "))"
    case .scalar(let scalar): return "\(scalar.dtype.name) \(scalar.canonicalBits)"
    case .float(let number):
      return "float \(number.isNaN ? Double.nan.bitPattern : number.bitPattern)"
    case .list(let items): return "[\(items.map(bits).joined(separator: ", "))]"
    case .tuple(let items): return "(\(items.map(bits).joined(separator: ", ")))"
    default: return value.representation
    }
  }
}

/// Random cells over a few names. Shapes mostly fit; what does not is an error on both sides.
private struct ProgramGenerator {
  static let names = ["a", "b", "c", "d", "w", "s", "t", "n", "l", "m"]
  private static let tensors = ["a", "b", "c", "d", "w"]
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

  private mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 11) % bound
  }

  private mutating func pick(_ choices: [String]) -> String { choices[next(choices.count)] }

  mutating func cells(_ count: Int) -> [String] {
    var cells = [
      "seed \(next(100))", "a = randn(3, 3)", "b = randn(3)", "c = randn(1, 3)", "d = randn(3, 1)",
      "w = randn(3, 3)", "s = 0.5", "t = b[0]", "n = 2", "l = list(a, b, c)", "m = [1, 2, 3]",
      "def f(x, y):\n    z = x\n    z += y\n    x = x * 2\n    return x, z",
      "def g(x, k=2):\n    y = 1 / (1 + exp(-x))\n    h = lambda v: v * y + k\n    y = y - 1\n"
        + "    return h(y)",
      "def r(x, i):\n    if i == 0:\n        return x\n    x += i\n    return r(x, i - 1) + x",
      "def exchange(p, q):\n    return q, p",
    ]
    for _ in 0..<count { cells.append(statement(depth: 0)) }
    return cells
  }

  private mutating func tensor() -> String { pick(Self.tensors) }

  private mutating func number() -> String {
    pick(["s", "t", "n", "2", "0.5", "-1.25", "1e300", "0", "n + 1", "t * 2"])
  }

  private mutating func literal() -> String {
    pick([
      "randn(3, 3)", "randn(3)", "randn(1, 3)", "randn(3, 1)", "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]",
      "[1, 2, 3]", "[true, false, true]", "ones((3, 3), dtype=float32)", "randn(2, 3)",
      "zeros((3, 0))", "randn(2, 3, 3)", "randn(40, 3)", "randn(3, 700)", "[nan, -0.0, inf]",
    ])
  }

  private mutating func operand(_ depth: Int) -> String {
    switch next(12) {
    case 0..<5: tensor()
    case 5, 6: number()
    case 7: "l[\(next(4) - 1)]"
    case 8: "m"
    case 9: "\(tensor()).\(pick(["T", "transpose()"]))"
    default: depth > 2 ? tensor() : "(\(expression(depth + 1)))"
    }
  }

  private mutating func expression(_ depth: Int) -> String {
    let (x, y) = (operand(depth), operand(depth))
    switch next(22) {
    case 0..<6: return "\(x) \(pick(["+", "-", "*", "/"])) \(y)"
    case 6: return "\(x) @ \(y)"
    case 7: return "(\(x)).dot(\(y))"
    case 8: return "-(\(x))"
    case 9:
      return
        "\(pick(["exp", "sqrt", "square", "tanh", "sigmoid", "sum", "len", "transpose"]))(\(x))"
    case 10: return "\(pick(["multiply", "maximum", "minimum", "dot", "matmul"]))(\(x), \(y))"
    case 11: return "\(tensor())[\(next(4) - 1)]"
    case 12: return "\(tensor())[\(next(4) - 1), \(next(3))]"
    case 13: return "(\(x)).T.dot((\(y)).T)"
    case 14: return "1 / (1 + exp(-\(x)))"
    case 15: return "\(x) \(pick(["<", ">=", "=="])) \(y)"
    case 16: return "\(tensor())[\(next(2)):]"
    case 17: return "g(\(x))"
    case 18: return "r(\(x), 3)"
    case 19: return "\(x) \(pick(["**", "//", "%"])) \(y)"
    case 20: return "(\(x)).sum(axis=0) * \(y)"
    default: return "\(x) - \(number()) * \(y)"
    }
  }

  private mutating func statement(depth: Int) -> String {
    let (x, y) = (tensor(), tensor())
    switch next(20) {
    case 0..<4: return "\(x) = \(expression(0))"
    case 4: return "\(x) = \(y)"
    case 5: return "\(x) \(pick(["+=", "-=", "*=", "/="])) \(expression(1))"
    case 6: return "\(x)[\(next(3))] = \(number())"
    case 7: return "\(x)[\(next(3)), \(next(3))] = \(number())"
    case 8: return "\(x)[\(next(3))] \(pick(["+=", "*="])) \(operand(1))"
    case 9: return "\(x), \(y) = f(\(tensor()), \(operand(1)))"
    case 10: return "\(x), \(y) = exchange(\(x), \(y))"
    case 11: return "\(x) = \(x) @ \(x)"
    case 12: return "l[\(next(3))] = \(operand(1))"
    case 13: return "l.append(\(tensor()))\n\(x) += 1\nl = l[-3:]"
    case 14: return "\(x) = \(literal())"
    case 15: return "\(pick(["s", "t", "n"])) = \(number())"
    case 16: return "print \(expression(1))"
    case 17: return "for v in l:\n    v += 1\n    \(x) = v * 2"
    case 18: return "\(x) = \(y).T\n\(y)[0] = 7\n\(x) += \(y)"
    default:
      guard depth < 1 else { return "\(x) = \(x) - 0.5 * \(y)" }
      let body = (0..<3).map { _ in statement(depth: depth + 1) }.joined(separator: "\n")
      let indented = body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
      return "for i in range(3):\n\(indented)"
    }
  }
}
