import Foundation
import Testing

/// Every function of the registry against what NumPy prints for the same call, recorded by
/// `Fixtures/function_cases.py`.
@Suite struct FunctionTests {
  @Test func recordedCalls() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let cases = try RecordedCase.read(folder.path + "/Fixtures/function-cases.jsonl")
    for difference in CaseDifference.among(cases) {
      Issue.record("\(difference.text)")
    }
  }
}
