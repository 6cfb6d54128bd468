import NNOutput

/// A matrix as a PNG file.
struct PictureImage {
  let width: Int
  let height: Int
  let bytes: [UInt8]

  /// nil for a picture without pixels, or whose values are fewer than its size says.
  init?(_ picture: PictureGrid.Picture, map: PictureGrid.ColorMap, low: Double, high: Double) {
    guard picture.width > 0, picture.height > 0, picture.channels == 1 || picture.channels == 3
    else { return nil }
    let (area, overflow) = picture.width.multipliedReportingOverflow(by: picture.height)
    guard !overflow, area <= picture.values.count / picture.channels else { return nil }
    width = picture.width
    height = picture.height
    let values = picture.values.prefix(area * picture.channels)
    let levels = values.map { ColorRamp.level($0, low: low, high: high) }
    let pixels: PNGEncoder.Pixels
    if picture.channels == 3 {
      pixels = .rgb(Self.rgb(levels))
    } else if map == .gray, !levels.contains(nil) {
      pixels = .gray(levels.compactMap { $0 })
    } else {
      pixels = Self.indexed(levels, colors: ColorRamp.colors(map))
    }
    bytes = PNGEncoder.encode(pixels, width: width, height: height)
  }

  var dataURI: String { "data:image/png;base64," + Base64.encode(bytes) }

  /// A pixel one of whose three values is nan has the colour for that as a whole.
  private static func rgb(_ levels: [UInt8?]) -> [UInt8] {
    let missing = [ColorRamp.missing.red, ColorRamp.missing.green, ColorRamp.missing.blue]
    return stride(from: 0, to: levels.count - 2, by: 3).flatMap { start -> [UInt8] in
      let pixel = levels[start..<start + 3].compactMap { $0 }
      return pixel.count == 3 ? pixel : missing
    }
  }

  /// Only the colours that occur are in the palette.
  private static func indexed(_ levels: [UInt8?], colors: [PixelColor]) -> PNGEncoder.Pixels {
    // 256 levels and nan would be 257 colours: with nan the two lightest levels are one.
    let hasMissing = levels.contains(nil)
    let top: UInt8 = hasMissing ? 254 : 255
    let used = Set(levels.compactMap { $0.map { min($0, top) } }).sorted()
    var places = [UInt8](repeating: 0, count: 256)
    for (index, level) in used.enumerated() { places[Int(level)] = UInt8(index) }
    var palette = used.map { colors[Int($0)] }
    let missing = UInt8(palette.count & 0xFF)
    if hasMissing { palette.append(ColorRamp.missing) }
    let bytes = levels.map { level in level.map { places[Int(min($0, top))] } ?? missing }
    return .indexed(bytes, palette: palette)
  }
}
