import NNSource

/// A tensor behind an output, at full precision: what is shown of it is rounded and shortened.
package struct OutputTensor: Sendable, Hashable {
  /// Row by row. Equal when their bits are, every nan being the same.
  package enum Elements: Sendable, Hashable {
    case integers([Int])
    case floats([Double])

    private var bits: [UInt64] {
      switch self {
      case .integers(let values): values.map { UInt64(bitPattern: Int64($0)) }
      case .floats(let values): values.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
      }
    }

    private var areFloats: Bool { if case .floats = self { true } else { false } }

    package static func == (one: Elements, other: Elements) -> Bool {
      one.areFloats == other.areFloats && one.bits == other.bits
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(areFloats)
      hasher.combine(bits)
    }

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

    /// The hash is of all elements: the rest follows from them.
    package static func == (one: Summary, other: Summary) -> Bool { one.hash == other.hash }

    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
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
