import Testing

@testable import NNRender

/// WCAG 2.2, level AA: 4.5 to 1 for text, 3 to 1 for what a drawing is made of.
@Suite struct ContrastTests {
  private static let shades: [KeyPath<PagePalette.Color, UInt32> & Sendable] = [\.light, \.dark]

  /// The definition's own examples: black on white, and grey #767676, the lightest that passes.
  @Test func ratioIsTheStandards() {
    #expect(abs(Contrast.ratio(0, 0xFFFFFF) - 21) < 1e-9)
    #expect(abs(Contrast.ratio(0x767676, 0xFFFFFF) - 4.5416) < 1e-3)
    #expect(abs(Contrast.ratio(0xFF0000, 0xFFFFFF) - 3.9985) < 1e-3)
  }

  @Test func textCanBeRead() {
    typealias P = PagePalette
    let onPaper = [P.ink, P.soft, P.accent, P.error, P.warning, P.good] + P.series
    let onWash = [P.ink, P.soft, P.accent, P.number, P.string]
    let onError = [P.ink, P.soft, P.error]
    for shade in Self.shades {
      for (colors, ground) in [(onPaper, P.paper), (onWash, P.wash), (onError, P.errorWash)] {
        for color in colors {
          let ratio = Contrast.ratio(color[keyPath: shade], ground[keyPath: shade])
          #expect(ratio >= 4.5, "\(color.name) on \(ground.name): \(ratio)")
        }
      }
    }
  }

  @Test func numbersInAHeatmapCanBeRead() {
    for value in stride(from: -1.0, through: 1, by: 0.01) {
      let tone = HeatColors([-1, 1]).tone(value)
      let color = tone.kind == .negative ? PagePalette.negative : PagePalette.positive
      for (shade, letter) in zip(Self.shades, tone.textClass.suffix(2)) {
        let ground = Contrast.mix(
          color[keyPath: shade], over: PagePalette.paper[keyPath: shade], opacity: tone.opacity)
        #expect(Contrast.ratio(letter == "b" ? 0 : 0xFFFFFF, ground) >= 4.5)
      }
    }
  }

  @Test func marksStandOut() {
    for shade in Self.shades {
      for color in [PagePalette.positive, .init(name: "", light: 0xA84300, dark: 0xFF9D57)] {
        #expect(Contrast.ratio(color[keyPath: shade], PagePalette.paper[keyPath: shade]) >= 3)
      }
    }
  }

  @Test func theStyleSheetHasEveryColour() {
    for color in PagePalette.all {
      #expect(PageStyle.text.contains("--\(color.name):\(PagePalette.hex(color.light))"))
      #expect(PageStyle.text.contains("--\(color.name):\(PagePalette.hex(color.dark))"))
    }
    let used = PageStyle.text.matches(of: /var\(--([a-z0-9-]+)/).map { String($0.1) }
    let own = ["serif", "sans", "mono", "c", "n", "bw", "wb"]
    #expect(Set(used).subtracting(PagePalette.all.map(\.name) + own).isEmpty)
  }
}
