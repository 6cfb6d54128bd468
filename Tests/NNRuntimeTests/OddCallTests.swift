import Testing

@testable import NNRuntime

/// No call of any function or verb brings the program down, whatever it is called with: it gives a
/// value or an error.
@Suite struct OddCallTests {
  static let values = """
    none true false 0 1 -1 2 3.5 -0.0 nan inf 1e308 10**15 9223372036854775807
    (-9223372036854775807-1) "" "abc" "3" "float32" [] [1] [1,2,3] [0.5,nan,-inf] [[1,2],[3,4]]
    [true,false] ["a","b"] [[1],[2,3]] list() list(1,"a") (1,2) () zeros(0) zeros((0,3))
    zeros((2,3,4)) zeros((1,1,1,1,1,1)) array(3) x32 u8 [1,2,3][0] range(3) range(0) int64 bool exp
    relu.derivative len(x32) zeros(40000) -zeros(2) [[nan]] arange(6).reshape(2,3).T (0,) (2,-1)
    [-5,99] [-1,0] "fro" "gray" lambda_ other_
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  static let preparation = """
    x32 = array([1.5, -2], dtype=float32)
    u8 = array([[1, 200], [3, 4]], dtype=uint8)
    lambda_ = lambda a: a
    def other_(a, b):
        return a[b]

    """

  /// A small generator, so that the programs are the same on every machine.
  struct Dice {
    var state: UInt64

    mutating func roll(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }

    mutating func value() -> String { values[roll(values.count)] }
  }

  static func program(_ dice: inout Dice) -> String {
    let entries = Registry.entries
    let entry = entries[dice.roll(entries.count)].signature
    // Files and trainings have tests of their own.
    guard ["save", "load", "train", "network"].contains(entry.name) == false else { return "" }
    let named = entry.parameters.filter { $0.form != .variadic }.map(\.name)
    var arguments = (0..<dice.roll(5)).map { _ in dice.value() }
    if dice.roll(3) == 0, !named.isEmpty {
      arguments.append("\(named[dice.roll(named.count)])=\(dice.value())")
    }
    let call = "\(entry.name)(\(arguments.joined(separator: ", ")))"
    return preparation + (entry.kind == .function ? "print(\(call))" : call)
  }

  @Test func nothingTraps() {
    var dice = Dice(state: 7)
    for _ in 0..<1500 { _ = ProgramRun(Self.program(&dice)).text }
  }
}
