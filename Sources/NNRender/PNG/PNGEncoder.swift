/// Pixels → PNG (ISO/IEC 15948), with nothing in it but the pixels, so that the same picture is
/// always the same bytes.
struct PNGEncoder {
  enum Pixels {
    /// One byte a pixel, 0 black, 255 white.
    case gray([UInt8])
    /// One byte a pixel, an index into at most 256 colours.
    case indexed([UInt8], palette: [PixelColor])
    /// Three bytes a pixel.
    case rgb([UInt8])
  }

  /// `pixels` hold `width × height` pixels, row by row; both sizes are at least 1.
  static func encode(_ pixels: Pixels, width: Int, height: Int) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let (bytes, perPixel, type): ([UInt8], Int, UInt8) =
      switch pixels {
      case .gray(let bytes): (bytes, 1, 0)
      case .indexed(let bytes, _): (bytes, 1, 3)
      case .rgb(let bytes): (bytes, 3, 2)
      }
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, type, 0, 0, 0]
    file += chunk("IHDR", header)
    if case .indexed(_, let palette) = pixels {
      file += chunk("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] })
      if palette.contains(where: { $0.alpha != 255 }) {
        file += chunk("tRNS", palette.map(\.alpha))
      }
    }
    // Neighbouring indices mean nothing to each other, so only true levels are filtered; where that
    // breaks up repeated pixels it is of no use either.
    let stride = width * perPixel
    var packed = Deflate.zlib(filtered(bytes, stride: stride, perPixel: perPixel, isPlain: true))
    if type != 3 {
      let other = Deflate.zlib(
        filtered(bytes, stride: stride, perPixel: perPixel, isPlain: false))
      if other.count < packed.count { packed = other }
    }
    file += chunk("IDAT", packed)
    return file + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(Checksum.crc32(body))
  }

  static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }

  /// Each row with its filter in front: none if `isPlain`, otherwise the one that makes its bytes
  /// smallest in sum (ISO/IEC 15948, 12.8).
  private static func filtered(
    _ bytes: [UInt8], stride: Int, perPixel: Int, isPlain: Bool
  ) -> [UInt8] {
    var result: [UInt8] = []
    var above = [UInt8](repeating: 0, count: stride)
    for start in Swift.stride(from: 0, to: bytes.count, by: stride) {
      let row = Array(bytes[start..<min(start + stride, bytes.count)])
      var best: (cost: Int, filter: UInt8, bytes: [UInt8]) = (cost(row), 0, row)
      if !isPlain {
        for filter in UInt8(1)...4 {
          let candidate = apply(filter, to: row, above: above, perPixel: perPixel)
          let price = cost(candidate)
          if price < best.cost { best = (price, filter, candidate) }
        }
      }
      result.append(best.filter)
      result += best.bytes
      above = row
    }
    return result
  }

  private static func cost(_ row: [UInt8]) -> Int {
    row.reduce(0) { $0 + Int(Int8(bitPattern: $1).magnitude) }
  }

  private static func apply(
    _ filter: UInt8, to row: [UInt8], above: [UInt8], perPixel: Int
  ) -> [UInt8] {
    row.indices.map { index in
      let left = index >= perPixel ? row[index - perPixel] : 0
      let up = above[index]
      let corner = index >= perPixel ? above[index - perPixel] : 0
      let prediction: UInt8
      switch filter {
      case 1: prediction = left
      case 2: prediction = up
      case 3: prediction = UInt8((Int(left) + Int(up)) / 2)
      default: prediction = paeth(Int(left), Int(up), Int(corner))
      }
      return row[index] &- prediction
    }
  }

  private static func paeth(_ left: Int, _ up: Int, _ corner: Int) -> UInt8 {
    let estimate = left + up - corner
    let distances = (
      (estimate - left).magnitude, (estimate - up).magnitude, (estimate - corner).magnitude
    )
    if distances.0 <= distances.1, distances.0 <= distances.2 { return UInt8(left) }
    return UInt8(distances.1 <= distances.2 ? up : corner)
  }
}

struct PixelColor: Sendable, Equatable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8
  var alpha: UInt8 = 255

  init(hex: UInt32, alpha: UInt8 = 255) {
    red = UInt8(hex >> 16 & 0xFF)
    green = UInt8(hex >> 8 & 0xFF)
    blue = UInt8(hex & 0xFF)
    self.alpha = alpha
  }

  init(gray: UInt8) {
    red = gray
    green = gray
    blue = gray
  }

  init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}
