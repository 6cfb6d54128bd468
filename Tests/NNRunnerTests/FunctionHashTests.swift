import NNOutput
import NNSource
import Testing

/// What functions are known by, with all that they look up.
@Suite struct FunctionHashTests {
  /// The hashes that the last cell's trace has for what it reads.
  private func reads(_ text: String) -> [String: ContentHash] {
    let items = Run(text).document.cells.last?.trace?.reads ?? []
    return Dictionary(items.map { ($0.name, $0.hash) }, uniquingKeysWith: { first, _ in first })
  }

  /// Every function looks up all of the layer below: more ways lead down than could ever be gone. A
  /// few layers come first, so that this fails and does not hang where each of them is.
  @Test func layersOfFunctionsAreGoneThroughOnce() throws {
    for layers in [10, 60] {
      var text = ""
      for layer in 0..<layers {
        text += "```nn layer-\(layer)\n"
        for name in 0..<5 {
          let below = (0..<5).map { "f\(layer - 1)_\($0)(x)" }.joined(separator: " + ")
          text += "def f\(layer)_\(name)(x):\n"
          text += "    return \(layer == 0 ? "x" : "x if x < 0 else \(below)")\n"
        }
        text += "```\n\n"
      }
      let start = ContinuousClock.now
      let found = reads(text + "```nn last\nprint f\(layers - 1)_0(-1)\n```")
      try #require(ContinuousClock.now - start < .seconds(10))
      // No two of them are the same.
      #expect(found.count == 5 * layers - 4)
      #expect(Set(found.values).count == found.count)
    }
  }

  private static let circle = """
    ```nn circle
    def even(n):
        return true if n == 0 else odd(n - 1)
    def odd(n):
        return false if n == 0 else even(n - step)
    ```


    """

  /// Which of them is asked for first makes no difference, and each has a hash of its own.
  @Test func aCircleIsKnownByAllOfIt() {
    func found(_ step: String, _ use: String) -> [String: ContentHash] {
      reads("```nn\nstep = \(step)\n```\n\n\(Self.circle)```nn use\n\(use)\n```")
    }
    let one = found("1", "print even(4), odd(4)")
    #expect(one == found("1", "print odd(4), even(4)"))
    #expect(one["even"] == found("1", "print even(4)")["even"])
    #expect(one["odd"] == found("1", "print odd(4)")["odd"])
    #expect(one["even"] != one["odd"])
    let other = found("1 + 0.0", "print even(4), odd(4)")
    #expect(one["even"] != other["even"])
    #expect(one["odd"] != other["odd"])
  }

  /// What is known of a function does not outlive a value that it looks up, at any distance.
  @Test func aValueThatChangesBetweenCellsIsSeen() throws {
    let run = Run(
      """
      ```nn
      step = 1
      ```

      \(Self.circle)```nn
      def asks(n):
          return even(n)
      def other(n):
          return n
      print asks(4), other(1)
      ```

      ```nn
      unrelated = 3
      print asks(4), other(1)
      ```

      ```nn
      step = 2 - 1.0
      print asks(4), other(1)
      ```

      ```nn
      step = 1
      print asks(4), other(1)
      ```

      ```nn
      print asks(4), other(1)
      ```
      """)
    #expect(run.diagnostics == [])
    func hash(_ cell: Int, _ name: String) throws -> ContentHash {
      try #require(run.document.cells[cell].trace?.reads.first { $0.name == name }?.hash)
    }
    // A cell's reads are those above it.
    #expect(try hash(3, "asks") == hash(4, "asks"))
    #expect(try hash(5, "asks") != hash(4, "asks"))
    #expect(try hash(6, "asks") == hash(4, "asks"))
    #expect(try hash(5, "other") == hash(4, "other"))
  }

  /// A circle's own name may be looked up by a function outside it that is asked for first.
  @Test func hashesDoNotDependOnTheOrderOfAsking() {
    let functions = """
      ```nn
      def a(n):
          return b(n) + c(n) if n > 9 else 0
      def b(n):
          return c(n) + d(n) if n > 9 else 0
      def c(n):
          return b(n) + e(n) if n > 9 else 0
      def d(n):
          return b(n) if n > 9 else 0
      def e(n):
          return e(n) if n > 9 else 0
      ```


      """
    let whole = reads(functions + "```nn\nprint a(1)\n```")
    #expect(whole.count == 5)
    for name in ["b", "c", "d", "e"] {
      #expect(whole[name] == reads(functions + "```nn\nprint \(name)(1)\n```")[name])
    }
  }
}
