import NNSource
import Testing

@testable import NNTensor

/// What NumPy recorded, case by case.
@Suite struct TensorRecordTests {
  @Test(
    arguments: [
      "binary", "unary", "reduce", "product", "shape", "making", "search", "index", "assign",
    ])
  func `NumPy's results are ours`(_ name: String) throws {
    var failures: [String] = []
    for (number, record) in try TensorRecord.load(name).enumerated() {
      if let failure = try failure(of: record) {
        failures.append("case \(number + 1), \(record.call): \(failure)")
      }
    }
    #expect(failures.isEmpty, "\(failures.count) of \(name): \(failures.prefix(12))")
  }

  private func failure(of record: TensorRecord) throws -> String? {
    let call = try TensorCall(record)
    let results: [Tensor]
    do {
      results = try call.run()
    } catch let problem as Problem {
      if case .tensor(let fact) = problem, fact.wording.message.isEmpty { return "no words" }
      return record.results == nil ? nil : "refused: \(problem.wording.message)"
    }
    guard let expected = record.results else { return "not refused, but \(results)" }
    guard results.count == expected.count else { return "\(results.count) results" }
    for (result, wanted) in zip(results, expected) {
      if let difference = result.difference(from: try wanted.tensor, ulps: record.ulps ?? 0) {
        return difference
      }
    }
    return nil
  }
}
