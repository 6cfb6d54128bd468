import NNLanguage
import NNOutput
import NNRender
import NNRunner
import NNRuntime
import NNSource
import Testing

@testable import NNReference

/// The help's promise: whatever the language has is explained, and shown at work. An entry without
/// its words or without an example that runs fails here, by name.
@Suite struct ReferenceTests {
  static let entries = Reference.entries

  @Test(arguments: entries.map(\.name)) func everyEntryIsExplained(_ name: String) throws {
    for entry in Self.entries where entry.name == name {
      #expect(!entry.summary.isEmpty && !entry.summary.hasSuffix("."))
      #expect(!entry.usages.isEmpty)
      for parameter in entry.parameters {
        #expect(!parameter.help.isEmpty, "\(name): \(parameter.name) has no description")
        #expect(
          !parameter.type.kinds.isEmpty,
          "\(name): the type '\(parameter.type.text)' of \(parameter.name) is none of the language's"
        )
        #expect(!parameter.help.hasSuffix(".") && !parameter.help.contains("\n"))
      }
      for other in entry.seeAlso {
        #expect(
          Self.entries.contains { $0.names.contains(other) }, "\(name) leads to \(other)")
      }
    }
  }

  @Test func everyEntryStandsInAFamily() {
    let families = Registry.families.map(\.name)
    #expect(Set(families).count == families.count)
    for entry in Self.entries {
      #expect(families.contains(entry.family), "\(entry.name) is of the family \(entry.family)")
    }
  }

  @Test func everythingIsThere() {
    let names = Set(Self.entries.flatMap(\.names))
    let keywords = Keyword.allCases.map(\.rawValue)
    let vocabulary = Registry.vocabulary
    let all =
      keywords + vocabulary.functions.keys + vocabulary.commands.keys + vocabulary.layers.keys
      + vocabulary.constants + TensorField.allCases.map { ".\($0.rawValue)" }
    #expect(all.filter { !names.contains($0) } == [])
  }

  /// Alone in a fresh interpreter, without an error, with something to see; and whatever it draws
  /// at random does not depend on what was drawn before.
  @Test(arguments: entries.indices) func everyExampleRunsAlone(_ index: Int) throws {
    let entry = Self.entries[index]
    let plain = Self.run(entry.example)
    #expect(plain.problems == [], "\(entry.name)")
    #expect(!plain.outputs.isEmpty, "the example of \(entry.name) shows nothing")
    let other = Self.run("seed 20\n" + entry.example)
    let isSame = other.outputs == plain.outputs
    #expect(isSame, "the example of \(entry.name) wants a seed")
  }

  private static func run(_ program: String) -> (outputs: [CellOutput], problems: [String]) {
    let source = SourceFile(name: "example.nn", text: program)
    var outputs: [CellOutput] = []
    let runner = ProgramRunner(limits: Limits(seconds: 10), files: .ofExamples) {
      outputs.append($0)
    }
    let (_, problems) = runner.run(source)
    return (outputs, problems.map { $0.text(in: source) })
  }

  // MARK: Looking up

  @Test(arguments: [
    ("exp", "exp"), ("np.exp", "exp"), ("numpy.exp", "exp"), ("np.random.randn", "randn"),
    ("x.mean()", "mean"), ("np.shape", "shape"), ("x.shape", ".shape"), (".T", ".T"), ("T", ".T"),
    ("np.newaxis", "true"), ("np.amax", "max"), ("elif", "if"), ("float64", "float64"),
    ("plt.imshow", "image"), ("dense", "dense"), ("network", "network"),
    ("relu.derivative", ".derivative"),
  ])
  func nameLeadsTo(_ name: String, _ title: String) throws {
    guard case .entries(let entries) = try Reference.find(name) else {
      Issue.record("\(name) is no entry")
      return
    }
    #expect(entries[0].name == title)
  }

  @Test func wordsAndOptionsLeadToTheirOwner() throws {
    for (word, owner) in [("adam", "train"), ("epochs", "train"), ("viridis", "image")] {
      guard case .mentions(let mentions) = try Reference.find(word) else {
        Issue.record("\(word) is no mention")
        continue
      }
      #expect(mentions[0].entry.name == owner)
      #expect(ReferenceText.mentions(word, mentions).contains("nnbook help nn \(owner)"))
    }
  }

  @Test func unknownNameSuggestsTheNearest() {
    #expect(throws: Problem.name(.unknownTopic("trian", suggestion: "train"))) {
      try Reference.find("trian")
    }
    #expect(throws: Problem.name(.unknownTopic("", suggestion: nil))) { try Reference.find("") }
  }

  // MARK: Text

  @Test func textFitsATerminal() {
    for entry in Self.entries {
      let page = ReferenceText.page(entry, output: "")
      let long = page.split(separator: "\n").filter { String($0).displayWidth > 80 }
      #expect(long.isEmpty, "\(entry.name): \(long)")
      #expect(!page.contains("\u{1B}"))
    }
    let contents = ReferenceText.contents()
    #expect(!contents.split(separator: "\n").contains { String($0).displayWidth > 80 })
    #expect(!contents.contains("\u{1B}"))
    #expect(ReferenceText.contents(isStyled: true).contains("\u{1B}[1m"))
    for entry in Self.entries { #expect(contents.contains("  \(entry.brief)"), "\(entry.name)") }
  }
}
