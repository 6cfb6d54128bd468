import NNSource

/// A tensor behind an output, at full precision: what is shown of it is rounded and shortened.
package struct OutputTensor: Sendable, Hashable {
  /// Row by row.
  package enum Elements: Sendable, Hashable {
    case integers([Int])
    case floats([Double])

    package var count: Int {
      switch self {
      case .integers(let values): values.count
      case .floats(let values): values.count
      }
    }
  }

  /// What is held of a tensor that is too large to be held in full.
  package struct Summary: Sendable, Hashable {
    /// Of the elements' bits.
    package let hash: ContentHash
    package let minimum: Double
    package let maximum: Double
    package let mean: Double
    /// The elements that `print` shows: those at the ends of every axis.
    package let shown: Elements

    package init(
      hash: ContentHash, minimum: Double, maximum: Double, mean: Double, shown: Elements
    ) {
      self.hash = hash
      self.minimum = minimum
      self.maximum = maximum
      self.mean = mean
      self.shown = shown
    }
  }

  package enum Content: Sendable, Hashable {
    case all(Elements)
    case summary(Summary)
  }

  /// Up to so many elements are held in full.
  package static let fullCount = 10_000

  /// "float64"
  package let dtype: String
  package let shape: [Int]
  package let content: Content

  package init(dtype: String, shape: [Int], content: Content) {
    self.dtype = dtype
    self.shape = shape
    self.content = content
  }
}

/// Printed text, and the tensors in it in the order in which they stand. Plain numbers are printed
/// with all their digits, so the text itself holds them.
package struct PrintedText: Sendable, Hashable, ExpressibleByStringInterpolation {
  package var text: String
  package var tensors: [OutputTensor]

  package init(_ text: String, tensors: [OutputTensor] = []) {
    self.text = text
    self.tensors = tensors
  }

  package init(stringLiteral text: String) { self.init(text) }

  package mutating func append(_ other: PrintedText) {
    text += other.text
    tensors += other.tensors
  }
}
