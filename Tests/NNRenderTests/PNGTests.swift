import Foundation
import NNOutput
import Testing

@testable import NNRender

@Suite struct PNGTests {
  @Test func compressedBytesComeBack() throws {
    let noise = Samples.noise(70_000, seed: 3)
    var fibonacci = [1, 1]
    while fibonacci.count < 22 { fibonacci.append(fibonacci.suffix(2).reduce(0, +)) }
    let cases: [[UInt8]] = [
      [], [7], Array("abcabcabcabcabcabc".utf8), [UInt8](repeating: 9, count: 100_000),
      noise.map { UInt8(clamping: Int($0 * 1000) & 0xFF) },
      noise.map { UInt8(clamping: Int(abs($0) * 4)) },
      (0..<66_000).map { UInt8($0 / 300 & 0xFF) },
      // Counts like Fibonacci's numbers, whose best code has one of more than 15 bits.
      Self.shuffled(
        (0..<22).flatMap { [UInt8](repeating: UInt8($0 * 11), count: fibonacci[$0]) }),
    ]
    for bytes in cases {
      let stream = Deflate.zlib(bytes)
      #expect(try Inflate.zlib(stream) == bytes)
      #expect(stream.count <= bytes.count + 5 * (bytes.count / 65_535 + 1) + 6)
      #expect(stream.suffix(4).elementsEqual(PNGEncoder.bigEndian(Checksum.adler32(bytes))))
    }
    #expect(Deflate.zlib(cases[3]).count < 1000)
  }

  private static func shuffled(_ bytes: [UInt8]) -> [UInt8] {
    let keys = Samples.noise(bytes.count, seed: 5)
    return bytes.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { bytes[$0] }
  }

  @Test func lengthsAreThoseOfAShortestCode() {
    let counts = (0..<19).map { 1 << min($0, 15) }
    for limit in [5, 7, 15] {
      let lengths = PrefixCode(counts: counts, limit: limit).lengths
      #expect(lengths.allSatisfy { (1...limit).contains($0) })
      // Kraft: the code is complete.
      #expect(lengths.reduce(0) { $0 + 1 << (limit - $1) } == 1 << limit)
    }
    #expect(PrefixCode(counts: [0, 3, 0], limit: 15).lengths == [0, 1, 0])
    #expect(PrefixCode(counts: [0, 0], limit: 15).lengths == [0, 0])
    #expect(PrefixCode(counts: [1, 1, 2, 4], limit: 15).lengths == [3, 3, 2, 1])
  }

  /// Python's zlib at its best is the yardstick: pictures with slopes and noise.
  @Test(.enabled(if: Tool.python != nil, "python3 is not here")) func packsAsWellAsZlib() throws {
    let python = try #require(Tool.python)
    let noise = Samples.noise(30_000, seed: 8)
    let bytes = noise.indices.map { UInt8(clamping: 100 + $0 / 300 + Int(noise[$0] * 6)) }
    let theirs = try Tool.run(
      python, ["-c", "import sys, zlib; print(len(zlib.compress(sys.stdin.buffer.read(), 9)))"],
      input: Data(bytes))
    let best = try #require(Int(theirs.split(separator: "\n").joined()))
    #expect(Double(Deflate.zlib(bytes).count) <= 1.02 * Double(best))
  }

  /// Reads pictures back with Python's zlib and the PNG standard's filters.
  @Test(.enabled(if: Tool.python != nil, "python3 is not here")) func pythonReadsThePixels() throws
  {
    let python = try #require(Tool.python)
    let gray = PictureGrid.Picture(width: 3, height: 2, values: [0, 0.5, 1, 2, -1, 0.25])
    let withNaN = PictureGrid.Picture(width: 2, height: 1, values: [.nan, 1])
    let color = PictureGrid.Picture(
      width: 40, height: 30, values: (0..<3600).map { Double($0 / 90 + $0 % 7) }, channels: 3)
    let cases: [(PictureGrid.Picture, PictureGrid.ColorMap, Double)] = [
      (gray, .gray, 1), (gray, .viridis, 1), (withNaN, .gray, 1), (color, .gray, 50),
    ]
    for (picture, map, high) in cases {
      let image = try #require(PictureImage(picture, map: map, low: 0, high: high))
      let pixels = try Tool.run(
        python, [Tool.fixture("read_png.py")], input: Data(image.bytes))
      #expect(pixels == expected(picture, map, high))
    }
  }

  private func expected(
    _ picture: PictureGrid.Picture, _ map: PictureGrid.ColorMap, _ high: Double
  ) -> String {
    let size = picture.channels
    let colors = ColorRamp.colors(map)
    let pixels = stride(from: 0, to: picture.values.count, by: size).map { start -> String in
      let levels = picture.values[start..<start + size].map {
        ColorRamp.level($0, low: 0, high: high)
      }
      guard !levels.contains(nil) else { return "212,0,122" }
      let known = levels.compactMap { $0 }
      // With nan in the picture the lightest two levels are one.
      let top: UInt8 = picture.values.contains(where: \.isNaN) ? 254 : 255
      let color = size == 3 ? nil : colors[Int(min(known[0], top))]
      let triple = color.map { [$0.red, $0.green, $0.blue] } ?? known
      return triple.map(String.init).joined(separator: ",")
    }
    return "\(picture.width)x\(picture.height) " + pixels.joined(separator: " ") + "\n"
  }

  /// matplotlib 3's `viridis` at 0, 1/4, 1/2, 3/4 and 1.
  @Test func viridisIsMatplotlibs() {
    let known: [(Int, [Int])] = [
      (0, [68, 1, 84]), (64, [59, 82, 139]), (128, [33, 145, 140]), (191, [92, 200, 99]),
      (255, [253, 231, 37]),
    ]
    for (level, color) in known {
      let ours = ColorRamp.viridis[level]
      for (part, value) in zip([ours.red, ours.green, ours.blue], color) {
        #expect(abs(Int(part) - value) <= 1, "level \(level)")
      }
    }
  }

  @Test func levelsOfAwkwardValues() {
    #expect(ColorRamp.level(.nan, low: 0, high: 1) == nil)
    #expect(ColorRamp.level(.infinity, low: 0, high: 1) == 255)
    #expect(ColorRamp.level(-.infinity, low: 0, high: 1) == 0)
    #expect(ColorRamp.level(3, low: 3, high: 3) == 0)
    let large = Double.greatestFiniteMagnitude
    #expect(ColorRamp.level(0, low: -large, high: large) == 128)
  }

  @Test func picturesOfWrongSizeAreRefused() {
    let short = PictureGrid.Picture(width: 3, height: 3, values: [1, 2])
    let empty = PictureGrid.Picture(width: 0, height: 3, values: [])
    let huge = PictureGrid.Picture(width: .max, height: .max, values: [1])
    for picture in [short, empty, huge] {
      #expect(PictureImage(picture, map: .gray, low: 0, high: 1) == nil)
    }
  }
}
