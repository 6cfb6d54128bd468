import NNOutput
import Testing

@testable import NNRender

@Suite struct AxisScaleTests {
  private func labels(_ lower: Double, _ upper: Double, _ fit: AxisFit = AxisFit()) -> [String] {
    AxisScale.linear(ValueRange(lower, upper), fit: fit).ticks.map(\.label)
  }

  @Test func ticksAreRoundNumbers() {
    #expect(labels(0, 1) == ["0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(labels(0, 100) == ["0", "20", "40", "60", "80", "100"])
    #expect(labels(-3, 3) == ["\u{2212}3", "\u{2212}2", "\u{2212}1", "0", "1", "2", "3"])
    #expect(labels(0.1, 0.3) == ["0.10", "0.15", "0.20", "0.25", "0.30"])
    #expect(labels(0, 60_000) == ["0", "10000", "20000", "30000", "40000", "50000", "60000"])
  }

  @Test func wholeDataHaveWholeTicks() {
    var fit = AxisFit()
    fit.isWhole = true
    #expect(labels(1, 3, fit) == ["1", "2", "3"])
    #expect(labels(0, 1, fit) == ["0", "1"])
  }

  @Test func endsMoveOutToTicks() throws {
    var fit = AxisFit()
    fit.endsAtTicks = true
    let scale = AxisScale.linear(ValueRange(0.63, 0.97), fit: fit)
    #expect(scale.ticks.first?.position == 0)
    #expect(scale.ticks.last?.position == 1)
    #expect(scale.ticks.first?.label == "0.60")
    let middle = try #require(scale.position(0.8))
    #expect(abs(middle - 0.5) < 1e-12)
  }

  @Test func oneValueGetsRoomAround() throws {
    for value in [5, 0, -3, 1e300, 1e-300, 1e17] {
      let scale = AxisScale.linear(ValueRange(value, value))
      let position = try #require(scale.position(value))
      #expect(abs(position - 0.5) < 1e-9)
      #expect(scale.ticks.count >= 2)
    }
  }

  @Test func largeAndSmallNumbersGetAPowerOfTen() {
    let large = AxisScale.linear(ValueRange(0, 5e306))
    #expect(large.note == "×10³⁰⁶")
    #expect(large.ticks.map(\.label) == ["0", "1", "2", "3", "4", "5"])
    let small = AxisScale.linear(ValueRange(0, 4e-9))
    #expect(small.note == "×10⁻⁹")
    let whole = AxisScale.linear(
      ValueRange(-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude))
    #expect(whole.position(0) == 0.5)
    let least = AxisScale.linear(ValueRange(0, Double.leastNonzeroMagnitude))
    #expect(least.position(Double.leastNonzeroMagnitude) == 1)
  }

  @Test func numbersFarFromZeroAreToldByTheirDifference() {
    let scale = AxisScale.linear(ValueRange(1_250_000_000, 1_250_000_000.6))
    #expect(scale.note == "+ 1.25×10⁹")
    #expect(scale.ticks.first?.label == "0")
    #expect(scale.ticks.last?.label == "0.6")
  }

  @Test func logTicksArePowersOfTen() {
    func labels(_ lower: Double, _ upper: Double) -> [String] {
      AxisScale.logarithmic(ValueRange(lower, upper)).ticks.map(\.label)
    }
    #expect(labels(0.001, 1000) == ["0.001", "0.01", "0.1", "1", "10", "100", "1000"])
    #expect(labels(1, 10) == ["1", "2", "5", "10"])
    #expect(labels(1e-8, 1e-2).first == "10⁻⁸")
    #expect(labels(.leastNonzeroMagnitude, 1.7e308).count <= 8)
    #expect(labels(2.1, 2.9).count >= 3)
    #expect(labels(7, 7).count >= 2)
  }

  @Test func whatHasNoPlaceHasNoPosition() {
    let linear = AxisScale.linear(ValueRange(0, 1))
    #expect(linear.position(.nan) == nil)
    #expect(linear.position(.infinity) == nil)
    let log = AxisScale.logarithmic(ValueRange(1, 10))
    #expect(log.position(0) == nil)
    #expect(log.position(-1) == nil)
  }

  /// Whatever the range: a few ticks, all on the axis, in order, each with a label of its own, and
  /// every label reads back to the value that stands there.
  @Test func ticksHoldForManyRanges() throws {
    let noise = Samples.noise(4000, seed: 11)
    for index in stride(from: 0, to: 3996, by: 4) {
      let size = Decade.power(Int(noise[index] * 80))
      let first = noise[index + 1] * size
      let second = first + noise[index + 2] * size * Decade.power(-Int(abs(noise[index + 3]) * 6))
      let range = ValueRange(min(first, second), max(first, second))
      for endsAtTicks in [false, true] {
        var fit = AxisFit()
        fit.endsAtTicks = endsAtTicks
        let scale = AxisScale.linear(range, fit: fit)
        #expect((2...13).contains(scale.ticks.count), "\(range)")
        #expect(Set(scale.ticks.map(\.label)).count == scale.ticks.count, "\(range)")
        let positions = scale.ticks.map(\.position)
        #expect(positions == positions.sorted())
        #expect(positions.allSatisfy { (-1e-6...1 + 1e-6).contains($0) }, "\(range)")
        for value in [range.lower, range.upper] {
          let position = try #require(scale.position(value))
          #expect((-1e-6...1 + 1e-6).contains(position), "\(range)")
        }
        guard scale.note == nil else { continue }
        for tick in scale.ticks {
          let value = try #require(Double(tick.label.replacing("\u{2212}", with: "-")))
          let position = try #require(scale.position(value))
          #expect(abs(position - tick.position) < 1e-6, "\(range) \(tick)")
        }
      }
    }
  }

  @Test func stridesAreRound() {
    #expect(
      [0.2, 1, 1.5, 3, 6, 11, 28, 300].map(AxisScale.roundStride) == [
        1, 1, 2, 5, 10, 20, 50, 500,
      ])
  }
}
