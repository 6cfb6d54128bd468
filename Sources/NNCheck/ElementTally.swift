import NNOutput
import NNSource

/// Numbers against recorded numbers: how many differ by more than is allowed, and which the most.
struct ElementTally {
  private let tolerance: Tolerance
  private(set) var worst: (place: String, recorded: String, fresh: String, Distance)?
  private var worstRank = -1.0
  private(set) var differing = 0
  private(set) var total = 0

  init(_ tolerance: Tolerance) { self.tolerance = tolerance }

  /// The worst number and how many others there are; nil where nothing differs.
  var difference: Difference? {
    guard let worst else { return nil }
    var difference = Difference(
      worst.place, worst.recorded, worst.fresh, distance: worst.3)
    difference.others = differing - 1
    difference.total = total
    return difference
  }

  mutating func compare(
    _ recorded: [Double], _ fresh: [Double], isSingle: Bool = false, place: (Int) -> String
  ) {
    for index in 0..<min(recorded.count, fresh.count) {
      compare(recorded[index], fresh[index], isSingle: isSingle) { place(index) }
    }
  }

  mutating func compare(
    _ recorded: OutputTensor.Elements, _ fresh: OutputTensor.Elements, isSingle: Bool,
    place: (Int) -> String
  ) {
    switch (recorded, fresh) {
    case (.floats(let recorded), .floats(let fresh)):
      compare(recorded, fresh, isSingle: isSingle, place: place)
    case (.integers(let recorded), .integers(let fresh)):
      for index in 0..<min(recorded.count, fresh.count) {
        compare(recorded[index], fresh[index]) { place(index) }
      }
    case (.integers(let recorded), .floats(let fresh)):
      compare(recorded.map(Double.init), fresh, place: place)
    case (.floats(let recorded), .integers(let fresh)):
      compare(recorded, fresh.map(Double.init), place: place)
    }
  }

  mutating func compare(
    _ recorded: Double, _ fresh: Double, isSingle: Bool = false, place: () -> String
  ) {
    total += 1
    guard recorded.bitPattern != fresh.bitPattern, !(recorded.isNaN && fresh.isNaN) else { return }
    let distance = Distance(recorded, fresh, isSingle: isSingle)
    guard !tolerance.allows(distance, recorded: recorded) else { return }
    func text(_ value: Double) -> String {
      isSingle ? NumberWords.text(Float(value)) : NumberWords.text(value)
    }
    add(distance, text(recorded), text(fresh), place)
  }

  mutating func compare(_ recorded: Int, _ fresh: Int, place: () -> String) {
    total += 1
    guard recorded != fresh else { return }
    let steps =
      recorded < fresh
      ? UInt(bitPattern: fresh &- recorded) : UInt(bitPattern: recorded &- fresh)
    let absolute = Double(steps)
    let distance = Distance(
      absolute: absolute, relative: absolute / Double(recorded.magnitude), ulps: nil)
    guard !tolerance.allows(distance, recorded: Double(recorded)) else { return }
    add(distance, String(recorded), String(fresh), place)
  }

  private mutating func add(
    _ distance: Distance, _ recorded: String, _ fresh: String, _ place: () -> String
  ) {
    differing += 1
    let rank = distance.absolute.isNaN ? .infinity : distance.absolute
    guard rank > worstRank else { return }
    worstRank = rank
    worst = (place(), recorded, fresh, distance)
  }
}

extension Distance {
  init(_ recorded: Double, _ fresh: Double, isSingle: Bool) {
    guard recorded.isFinite, fresh.isFinite else {
      self.init(absolute: .nan, relative: .nan, ulps: nil)
      return
    }
    let absolute = abs(fresh - recorded)
    self.init(
      absolute: absolute,
      relative: absolute == 0 ? 0 : absolute / abs(recorded),
      ulps: isSingle
        ? UInt64(Self.steps(Float(recorded), Float(fresh))) : Self.steps(recorded, fresh))
  }

  private static func steps(_ a: Double, _ b: Double) -> UInt64 {
    func place(_ value: Double) -> Int64 {
      let bits = Int64(bitPattern: value.magnitude.bitPattern)
      return value.sign == .minus ? -bits : bits
    }
    let (low, high) = (min(place(a), place(b)), max(place(a), place(b)))
    return UInt64(bitPattern: high &- low)
  }

  private static func steps(_ a: Float, _ b: Float) -> UInt32 {
    func place(_ value: Float) -> Int32 {
      let bits = Int32(bitPattern: value.magnitude.bitPattern)
      return value.sign == .minus ? -bits : bits
    }
    let (low, high) = (min(place(a), place(b)), max(place(a), place(b)))
    return UInt32(bitPattern: high &- low)
  }
}

extension Tolerance {
  func allows(_ distance: Distance, recorded: Double) -> Bool {
    guard !isExact, !distance.absolute.isNaN else { return false }
    if distance.absolute <= absolute + relative * abs(recorded) { return true }
    return ulps > 0 && distance.ulps.map { $0 <= ulps } ?? false
  }
}

/// Numbers as a comparison tells them: with all their digits.
enum NumberWords {
  static func text(_ value: Double) -> String { special(value) ?? value.description }
  static func text(_ value: Float) -> String { special(Double(value)) ?? value.description }

  private static func special(_ value: Double) -> String? {
    value.isFinite ? nil : value.isNaN ? "nan" : value > 0 ? "inf" : "-inf"
  }

  /// `1 line`, `3 lines`
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)" + (number == 1 ? "" : "s")
  }

  /// `(3, 2)`, `(5,)`, as Python writes a shape.
  static func shape(_ shape: [Int]) -> String {
    let sizes = shape.map(String.init).joined(separator: ", ")
    return shape.count == 1 ? "(\(sizes),)" : "(\(sizes))"
  }

  /// `[3, 2]`: the element at `offset`, row by row, of a tensor of this shape.
  static func index(_ offset: Int, in shape: [Int]) -> String {
    var rest = offset
    var places: [String] = []
    for size in shape.reversed() where size > 0 {
      places.append(String(rest % size))
      rest /= size
    }
    return "[" + places.reversed().joined(separator: ", ") + "]"
  }
}
