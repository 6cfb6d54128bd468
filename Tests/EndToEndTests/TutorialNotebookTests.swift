import Foundation
import Testing

/// The tutorials against NumPy's runs of the same programs, and as pages. One at a time: each
/// training takes all processors, and hundreds of megabytes of pictures.
@Suite(.serialized) struct TutorialNotebookTests {
  static let needs: Comment = "needs NNBOOK_EXECUTABLE, the data set and NNBOOK_ACCEPTANCE"

  struct IrisOracle: Decodable {
    let acc: [Double]
    let loss: [Double]
    let hidden: [[Double]]
    let outer: [[Double]]
    let outerBiases: [[Double]]

    enum CodingKeys: String, CodingKey {
      case acc, loss
      case hidden = "W1"
      case outer = "W2"
      case outerBiases = "b2"
    }
  }

  @Test(.enabled(if: Tutorial.canCompare("iris", "iris-seed99"), needs))
  func irisComputesWhatNumPyComputes() throws {
    let oracle = try Tutorial.oracle("iris-seed99", as: IrisOracle.self)
    let found = try Tutorial.named("iris").numbers(
      """
      found = list(acc) + list(loss) + list(W1.ravel()) + list(W2.ravel()) + list(b2.ravel())
      """)
    #expect(Array(found.prefix(25)) == oracle.acc)
    let rest = [oracle.loss] + oracle.hidden + oracle.outer + oracle.outerBiases
    Tutorial.expectClose(Array(found.dropFirst(25)), rest.flatMap(\.self), "loss, W1, W2, b2")
  }

  struct DigitsOracle: Decodable {
    let acc: [Double]
    let firstRow: [Double]
    let outerRow: [Double]

    enum CodingKeys: String, CodingKey {
      case acc
      case firstRow = "W1_00"
      case outerRow = "W2_0"
    }
  }

  /// The tutorial's one bias for all on every image, and a bias for each unit on 2,000 of them.
  @Test(
    .enabled(if: Tutorial.canCompare("mnist", "digits-seed0-30"), needs),
    arguments: [
      ("digits-seed0-30", "42000, of_all"), ("digits-n2000-vector-seed0-30", "2000, of_each"),
    ])
  func digitsComputeWhatNumPyComputes(_ name: String, _ arguments: String) throws {
    let oracle = try Tutorial.oracle(name, as: DigitsOracle.self)
    let found = try Tutorial.named("digits").numbers(
      """
      def first_images(n, bias_sum):
          return descend(X[:, :n], T[:, :n], labels[:n], 30, bias_sum, false)
      trained = first_images(\(arguments))
      found = trained[4] + list(trained[0][0, 400:403]) + list(trained[2][0, :3])
      """)
    #expect(Array(found.prefix(3)) == oracle.acc)
    Tutorial.expectClose(
      Array(found.dropFirst(3)), oracle.firstRow + oracle.outerRow, "rows of W1 and W2")
  }

  struct FashionOracle: Decodable {
    let firstLoss: Double
    let lastLoss: Double
    let accuracy: Double
    let hiddenRow: [Double]
    let outerRow: [Double]

    enum CodingKeys: String, CodingKey {
      case firstLoss = "loss_first"
      case lastLoss = "loss_last"
      case accuracy = "test_accuracy"
      case hiddenRow = "wih00"
      case outerRow = "who00"
    }
  }

  @Test(.enabled(if: Tutorial.canCompare("fashion-mnist", "fashion-seed0-20"), needs))
  func fashionComputesWhatNumPyComputes() throws {
    let oracle = try Tutorial.oracle("fashion-seed0-20", as: FashionOracle.self)
    let found = try Tutorial.named("fashion").numbers(
      """
      drawn = first_weights(0)
      trained = fit(X, Y, drawn[0], drawn[1], 0.01, 20)
      share = mean(answers(X_test, trained[1], trained[2], trained[3], trained[4]) == test_labels)
      found = [share, trained[0][0], trained[0][-1]] \\
              + list(trained[1][0, :3]) + list(trained[3][0, :3])
      """)
    #expect(found.first == oracle.accuracy)
    Tutorial.expectClose(
      Array(found.dropFirst()),
      [oracle.firstLoss, oracle.lastLoss] + oracle.hiddenRow + oracle.outerRow,
      "losses, rows of W1 and W2")
  }

  struct FruitsOracle: Decodable {
    let features: Int
    let wrong: [Int]
    let n: Int
  }

  @Test(.enabled(if: Tutorial.canCompare("fruits360", "fruits-seed1"), needs))
  func fruitsComputeWhatNumPyComputes() throws {
    let oracle = try Tutorial.oracle("fruits-seed1", as: FruitsOracle.self)
    let found = try Tutorial.named("fruits").numbers(
      """
      found = list(X.shape) + rounds_of_the_rule(first, 10)[0]
      """)
    #expect(found.map { Int($0) } == [oracle.n, oracle.features] + oracle.wrong)
  }

  // MARK: Pages

  /// A short training renders quickly and without findings, and the page is none too heavy.
  @Test(
    .enabled(if: Tutorial.isOptimised, "needs NNBOOK_EXECUTABLE"),
    arguments: Tutorial.all.map(\.name).filter { name in
      Tutorial.all.contains { $0.name == name && Tutorial.has($0.data) }
    })
  func parametersMakeItQuick(_ name: String) throws {
    let tutorial = try Tutorial.named(name)
    let folder = try WorkFolder()
    defer { folder.remove() }
    try Data(try tutorial.text.utf8).write(to: folder.url.appending(path: "\(name).md"))
    let result = try Executable.nnbook.run(
      ["render", "\(name).md", "-o", "."] + tutorial.quick.flatMap { ["-P", $0] },
      in: folder.url, withData: true)
    #expect(result.exitCode == 0)
    #expect(result.errors == "\(name).md → ./\(name).html\n")
    let page = try Data(contentsOf: folder.url.appending(path: "\(name).html"))
    #expect(page.count < 1_000_000)
  }

  @Test(arguments: Tutorial.all.map(\.name)) func committedPageIsNoneTooHeavy(_ name: String) throws
  {
    let page = Tutorial.repository.appending(path: "output/\(name).html")
    #expect(try Data(contentsOf: page).count < 1_000_000)
  }

  /// What stands in the system's folder can't be hidden from the command; those sets are left out.
  @Test(.enabled(if: Tutorial.isOptimised, "needs NNBOOK_EXECUTABLE"))
  func othersRenderWhereSetsAreMissing() throws {
    let system = ["/usr/local/share/datasets/", "/usr/share/datasets/"]
    func isMissing(_ set: String) -> Bool {
      set != "iris" && !system.contains { FileManager.default.fileExists(atPath: $0 + set) }
    }
    let missing = Tutorial.all.filter { isMissing($0.data) }
    try #require(!missing.isEmpty)
    let here = Tutorial.all.filter { $0.data == "iris" }

    let folder = try WorkFolder()
    defer { folder.remove() }
    let notebooks = folder.url.appending(path: "notebooks")
    try FileManager.default.createDirectory(at: notebooks, withIntermediateDirectories: true)
    for tutorial in here + missing {
      try Data(try tutorial.text.utf8)
        .write(to: notebooks.appending(path: "\(tutorial.name).md"))
    }
    let result = try Executable.nnbook.run(["render", "notebooks"], in: folder.url)
    #expect(result.exitCode == 66)
    for tutorial in here + missing {
      let page = folder.url.appending(path: "output/\(tutorial.name).html")
      #expect(FileManager.default.fileExists(atPath: page.path), "\(tutorial.name)")
    }
    let last = result.errors.split(separator: "\n").suffix(missing.count).sorted()
    for (line, set) in zip(last, missing.map(\.data).sorted()) {
      #expect(line.hasPrefix("nnbook: the data set '\(set)' is not on this machine: "))
    }
    for tutorial in here {
      let committed = Tutorial.repository.appending(path: "output/\(tutorial.name).html")
      let page = folder.url.appending(path: "output/\(tutorial.name).html")
      let isSame = try Data(contentsOf: page) == Data(contentsOf: committed)
      #expect(isSame, "output/\(tutorial.name).html is out of date: make notebooks")
    }
  }
}
