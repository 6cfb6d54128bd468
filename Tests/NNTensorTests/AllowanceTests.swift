import Foundation
import NNSource
import Testing

@testable import NNTensor

/// Large work stops when its allowance says so, wherever in the kernels it is.
@Suite struct AllowanceTests {
  struct Work: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let run: @Sendable () throws -> Tensor

    init(_ name: String, _ run: @escaping @Sendable () throws -> Tensor) {
      (testDescription, self.run) = (name, run)
    }
  }

  /// More numbers than any work leaves unasked.
  private static let many = 1 << 20
  private static let vector = zeros([many])
  private static let tall = zeros([many / 4, 4])
  private static let square = zeros([512, 512])

  private static func zeros(_ shape: Shape, _ dtype: DType = .float64) -> Tensor {
    guard let tensor = try? Tensor(zeros: shape, dtype) else {
      preconditionFailure("no memory for a few megabytes")
    }
    return tensor
  }

  static let works = [
    Work("product") { try Tensor.matmul(square, square) },
    Work("product with a transposed one") { try Tensor.matmul(square, square.transposed()) },
    Work("function") { try Tensor.unary(.exp, vector) },
    Work("function of whole numbers") { try Tensor.unary(.exp, zeros([many], .int64)) },
    Work("two operands") { try Tensor.binary(.add, .tensor(vector), .tensor(vector)) },
    Work("a row added to each row") {
      try Tensor.binary(.add, .tensor(tall), .tensor(zeros([4])))
    },
    Work("a column added to each column") {
      try Tensor.binary(.add, .tensor(tall), .tensor(zeros([many / 4, 1])))
    },
    Work("two types") {
      try Tensor.binary(.add, .tensor(vector), .tensor(zeros([many], .int64)))
    },
    Work("sort") { try vector.sorted(axis: nil) },
    Work("argsort") { try vector.argsorted(axis: nil) },
    Work("rand") {
      var random = RandomStream(seed: 1)
      return try random.rand([many])
    },
    Work("randint") {
      var random = RandomStream(seed: 1)
      return try random.randint(low: 0, high: 9, shape: [many])
    },
    Work("permutation") {
      var random = RandomStream(seed: 1)
      return try random.permutation(many)
    },
  ]

  @Test("a cancelled one says so, and the next is done", arguments: works)
  func cancelled(_ work: Work) throws {
    let cancellation = Cancellation()
    let allowance = Allowance(cancellation: cancellation)
    _ = try allowance.grant(seconds: nil, memory: 1 << 30, work.run)
    cancellation.cancel()
    #expect(throws: Problem.limit(.cancelled)) {
      try allowance.grant(seconds: nil, memory: 1 << 30, work.run)
    }
    _ = try work.run()
  }

  @Test("one whose time is over says how long it had", arguments: works)
  func late(_ work: Work) throws {
    let allowance = Allowance()
    #expect(throws: Problem.limit(.time(seconds: 1e-9))) {
      try allowance.grant(seconds: 1e-9, memory: 1 << 30) {
        // The clock ticks every few milliseconds.
        while Allowance.problem == nil {}
        return try work.run()
      }
    }
    _ = try allowance.grant(seconds: 3600, memory: 1 << 30, work.run)
  }

  @Test("another thread's wish stops a product that is under way")
  func cancelledHalfWay() throws {
    let cancellation = Cancellation()
    let large = Self.zeros([6000, 6000], .float32)
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.02)
      cancellation.cancel()
    }
    #expect(throws: Problem.limit(.cancelled)) {
      try Allowance(cancellation: cancellation).grant(seconds: nil, memory: 1 << 30) {
        while true { _ = try Tensor.matmul(large, large) }
      }
    }
  }

  @Test("the memory of tensors is the allowance's")
  func memory() throws {
    let allowance = Allowance()
    // What the tests beside this one hold counts, too.
    let most = TensorLimits.liveBytes
    #expect(throws: Problem.self) {
      try allowance.grant(seconds: nil, memory: 1 << 20) { try Tensor(zeros: [1 << 20], .float64) }
    }
    _ = try allowance.grant(seconds: nil, memory: most + (1 << 32)) {
      try Tensor(zeros: [1 << 20], .float64)
    }
  }
}
