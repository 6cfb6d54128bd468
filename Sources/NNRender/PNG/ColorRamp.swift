import NNOutput

/// 256 colours from dark to light.
enum ColorRamp {
  static let gray = (0...255).map { PixelColor(gray: UInt8($0)) }

  /// Viridis, by Stéfan van der Walt and Nathaniel Smith for matplotlib (released under CC0). The
  /// anchors are a least-squares fit of straight pieces to their table; between them the colours
  /// are never more than 1 of 255 off.
  static let viridis: [PixelColor] = (0...255).map { level in
    let place = min(level * 30 / 255, 29)
    let share = level * 30 - place * 255
    let low = PixelColor(hex: anchors[place])
    let high = PixelColor(hex: anchors[place + 1])
    func mix(_ path: KeyPath<PixelColor, UInt8>) -> UInt8 {
      let sum = Int(low[keyPath: path]) * (255 - share) + Int(high[keyPath: path]) * share
      return UInt8((sum + 127) / 255)
    }
    return PixelColor(red: mix(\.red), green: mix(\.green), blue: mix(\.blue))
  }

  private static let anchors: [UInt32] = [
    0x440154, 0x470e61, 0x481a6c, 0x482575, 0x472f7d, 0x443a83, 0x414487, 0x3d4d8a, 0x39578c,
    0x345f8d, 0x31688e, 0x2d708e, 0x2a788e, 0x27808e, 0x23888e, 0x21908d, 0x1f988b, 0x1fa088,
    0x22a884, 0x2ab07f, 0x35b779, 0x43bf71, 0x53c568, 0x66cc5d, 0x7ad251, 0x8fd744, 0xa5db36,
    0xbcdf27, 0xd2e21a, 0xe8e418, 0xfde724,
  ]

  /// What nan is drawn as: a colour that neither ramp has.
  static let missing = PixelColor(hex: 0xD4007A)

  static func colors(_ map: PictureGrid.ColorMap) -> [PixelColor] {
    map == .gray ? gray : viridis
  }

  /// 0…255 for a value between `low` and `high`; values outside take the end's colour. nil: nan.
  static func level(_ value: Double, low: Double, high: Double) -> UInt8? {
    if value.isNaN { return nil }
    if value <= low || !(high > low) { return value > low ? 255 : 0 }
    if value >= high { return 255 }
    // Halved, so that no difference of two finite numbers overflows.
    let share = (value / 2 - low / 2) / (high / 2 - low / 2)
    // Every finite value is at the other end of a range without an end.
    guard share.isFinite else { return low.isInfinite ? 255 : 0 }
    return UInt8(min(max((share * 255).rounded(), 0), 255))
  }
}
