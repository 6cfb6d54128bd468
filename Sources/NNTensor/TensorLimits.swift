import Synchronization

/// How much memory tensors may take.
package enum TensorLimits {
  /// Where nothing else was allowed.
  package static let standardBytes = 8 << 30
  private static let live = Atomic<Int>(0)

  /// The bytes all large tensors alive may take together; asking for more is a problem.
  package static var maximumBytes: Int { Allowance.memory }

  /// The bytes taken by the tensors that are too large to live inside their own object.
  package static var liveBytes: Int { live.load(ordering: .relaxed) }

  static func take(_ bytes: Int) { live.wrappingAdd(bytes, ordering: .relaxed) }
  static func giveBack(_ bytes: Int) { live.wrappingSubtract(bytes, ordering: .relaxed) }
}
