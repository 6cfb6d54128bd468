import NNData
import NNLanguage
import NNOutput
import NNSource
import NNTensor
import Testing

@testable import NNRuntime

/// A cell over its limit stops with a message, and the session is as it was before it.
@Suite struct LimitTests {
  private static let source = SourceFile(name: "test.nn", text: "")

  private struct Session {
    let interpreter: Interpreter
    let source: SourceFile
    let cells: [Program]

    init(_ cells: [String], cancellation: Cancellation? = nil) throws {
      source = SourceFile(name: "test.nn", text: cells.joined(separator: "\n\n"))
      interpreter = Interpreter(
        source: source, files: FileAccess(saving: .memory), cancellation: cancellation)
      var programs: [Program] = []
      var start = 0
      for cell in cells {
        programs.append(
          try Parser.program(
            SourceSlice(wholeOf: source).part(start..<start + cell.utf8.count),
            vocabulary: Registry.vocabulary))
        start += cell.utf8.count + 2
      }
      self.cells = programs
    }

    func run(_ cell: Int, _ change: (inout Limits) -> Void = { _ in }) -> Problem? {
      var limits = Limits()
      change(&limits)
      interpreter.limits = limits
      return interpreter.run(cells[cell]).failure?.problem
    }

    func text(_ name: String) -> String? { interpreter.value(of: name)?.text }
  }

  private static let first = "seed 3\nx = rand(3)\nxs = [1]\nsave x to \"x.npy\""

  @Test(
    "a stopped cell leaves names, random stream and files as they were",
    arguments: [
      ("xs.append(rand())\nx[0] = 9\nwhile true:\n    x = x + 1", "steps"),
      ("xs.append(rand())\nx[0] = 9\nwhile true:\n    x = x + 1", "time"),
      ("x[0] = rand()\ny = zeros((3000, 1000))\nxs.append(2)", "memory"),
      ("xs.append(rand())\nsave x * 2 to \"x.npy\"\nfor i in range(1000):\n    print i", "output"),
    ])
  func restored(cell: String, limit: String) throws {
    let session = try Session([Self.first, cell, "print rand(2)"])
    #expect(session.run(0) == nil)
    let before = ["x", "xs"].map(session.text)
    let random = session.interpreter.random
    let files = session.interpreter.files.savedBytes("x.npy")
    let problem = session.run(1) {
      switch limit {
      case "steps": $0.steps = 100_000
      case "time": $0.seconds = 0.05
      case "memory": $0.memory = 10_000_000
      default: $0.outputBytes = 100
      }
    }
    switch limit {
    case "steps": #expect(problem == .limit(.steps(100_000)))
    case "time": #expect(problem == .limit(.time(seconds: 0.05)))
    case "memory":
      #expect(
        problem
          == .tensor(.tooLarge(shape: [3000, 1000], dtype: "float64", limit: 10_000_000)))
    default: #expect(problem == .limit(.outputSize(bytes: 100)))
    }
    #expect(["x", "xs"].map(session.text) == before)
    #expect(session.interpreter.value(of: "y") == nil)
    #expect(session.interpreter.random == random)
    #expect(session.interpreter.files.savedBytes("x.npy") == files)
    // The next cell has all of its own.
    #expect(session.run(2) { $0.steps = 100_000 } == nil)
  }

  @Test("steps are counted over what the checks of the clock part")
  func stepsAreExact() throws {
    // 30,000 turns are more than one check's worth; the limit lies between two checks.
    let loop = "for i in range(30000):\n    pass"
    let session = try Session([loop])
    #expect(
      session.run(0) { $0.steps = 30_000 } == nil || session.run(0) { $0.steps = 31_000 } == nil)
    #expect(session.run(0) { $0.steps = 29_000 } == .limit(.steps(29_000)))
  }

  @Test(
    "numbers, products, training and built-ins count as their work",
    arguments: [
      "a = ones((1000, 1000)) @ ones((1000, 1000))", "a = exp(ones((3000, 3000)))",
      "seed 1\nnetwork net:\n    input 100\n    dense 1000\ntrain net on ones((1000, 100)), "
        + "ones((1000, 1000)) epochs=1 batch=1000",
      "seed 1\nnetwork net:\n    input 100\n    dense 1000\na = net(ones((1000, 100)))",
    ])
  func work(_ cell: String) throws {
    let session = try Session([cell])
    #expect(session.run(0) { $0.steps = 100_000 } == .limit(.steps(100_000)))
    #expect(session.run(0) { $0.steps = 100_000_000 } == nil)
  }

  @Test(
    "a cell of few steps that take long looks at the clock all the same",
    arguments: [
      "a = [\"x\"] * 4000000\nwhile a == a:\n    pass",
      "a = [\"x\"] * 4000000\nwhile true:\n    b = a\n    b[0] = \"y\"",
      "a = list(0.5, 1.0) * 2000000\nwhile true:\n    b = max(a)",
    ])
  func longSteps(_ cell: String) throws {
    let session = try Session([cell])
    #expect(session.run(0) { $0.seconds = 0.05 } == .limit(.time(seconds: 0.05)))
  }

  @Test("what a text or a list takes to be read is counted")
  func reading() throws {
    let session = try Session(
      [
        "a = \"ab\" * 1000000\nfor i in range(100):\n    b = a[i]",
        "a = [\"x\"] * 1000000\nfor i in range(100):\n    b = a == a",
      ])
    for cell in 0...1 {
      #expect(session.run(cell) { $0.steps = 1_000_000 } == .limit(.steps(1_000_000)))
    }
  }

  @Test("one who waits can stop a cell, and the ones after it")
  func cancelled() throws {
    let cancellation = Cancellation()
    let session = try Session(["x = 1", "while true:\n    x = x + 1"], cancellation: cancellation)
    #expect(session.run(0) == nil)
    session.interpreter.onOutput = nil
    cancellation.cancel()
    #expect(session.run(1) == .limit(.cancelled))
    #expect(session.text("x") == "1")
  }

  @Test("an error that follows from stopped work is told as what stopped it")
  func stoppedWorkComesFirst() throws {
    let cancellation = Cancellation()
    let session = try Session(
      ["x = ones((2000, 2000)) @ ones((2000, 2000))\nassert x[0, 0] == 0"],
      cancellation: cancellation)
    cancellation.cancel()
    #expect(session.run(0) == .limit(.cancelled))
  }
}
