import Foundation
import Testing

/// The 400 programs of the acceptance sample. They lie outside the repository: beside it, or where
/// `NNBOOK_ACCEPTANCE` says.
@Suite struct AcceptanceTests {
  static let path: String = {
    let named = ProcessInfo.processInfo.environment["NNBOOK_ACCEPTANCE"]
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      named ?? root.deletingLastPathComponent().appendingPathComponent("shared/acceptance").path
    return folder + "/numpy-cases.jsonl"
  }()

  static var isThere: Bool { FileManager.default.fileExists(atPath: path) }

  @Test(
    .enabled(if: isThere, "no acceptance sample at \(path)"))
  func numpyCases() throws {
    let cases = try RecordedCase.read(Self.path)
    let differences = CaseDifference.among(cases)
    for difference in differences.prefix(40) { print(difference.text) }
    print("numpy-cases: \(cases.count - differences.count) of \(cases.count)")
    #expect(Double(cases.count - differences.count) >= 0.9 * Double(cases.count))
  }
}
