import NNOutput

/// Matrices as small pixel images in a grid, with their captions; wrong answers are marked by a
/// frame and by a word.
struct PicturesHTML {
  let grid: PictureGrid

  init(_ grid: PictureGrid) { self.grid = grid }

  func markup(id: String) -> Markup {
    let columns = min(max(grid.columns, 1), min(12, max(grid.pictures.count, 1)))
    let width = targetWidth(columns)
    return .tag(
      "div", ["class": "pictures cols-\(columns)", "id": id],
      grid.pictures.indices.flatMap { [.text("\n"), figure($0, width: width)] })
  }

  /// A table of them, for readers that have a style of their own.
  var table: Markup {
    let columns = min(max(grid.columns, 1), max(grid.pictures.count, 1))
    let width = targetWidth(columns)
    let rows = stride(from: 0, to: grid.pictures.count, by: columns).map { start in
      Markup.tag(
        "tr", [:],
        (start..<min(start + columns, grid.pictures.count)).map {
          .tag("td", [:], [figure($0, width: width)])
        })
    }
    return .tag("table", [:], [.tag("tbody", [:], rows)])
  }

  /// About how wide each picture is shown, in pixels.
  private func targetWidth(_ columns: Int) -> Int {
    columns == 1 ? 180 : columns <= 4 ? 128 : max(40, 560 / columns)
  }

  private func figure(_ index: Int, width target: Int) -> Markup {
    let picture = grid.pictures[index]
    var parts: [Markup] = []
    if let image = PictureImage(picture, map: grid.colorMap, low: grid.low, high: grid.high) {
      // Whole pixels stay square and crisp.
      let scale = max(1, target / max(image.width, image.height))
      parts.append(
        .tag(
          "img",
          [
            "src": image.dataURI, "alt": alternative(index), "width": "\(image.width * scale)",
            "height": "\(image.height * scale)",
          ]))
    } else {
      parts.append(.tag("span", ["class": "note"], "no pixels"))
    }
    if let caption = picture.caption {
      let mark: [Markup] =
        picture.isWrong
        ? [
          .tag("span", ["class": "cross", "role": "img", "aria-label": "Wrong:"], "✗"), .text(" "),
        ]
        : []
      parts.append(.tag("figcaption", [:], mark + [.text(caption)]))
    } else if picture.isWrong {
      parts.append(.tag("figcaption", [:], [.tag("span", ["class": "cross"], "✗ wrong")]))
    }
    return .tag("figure", ["class": picture.isWrong ? "picture wrong" : "picture"], parts)
  }

  private func alternative(_ index: Int) -> String {
    let picture = grid.pictures[index]
    let size = "\(picture.width) by \(picture.height) pixels"
    let place =
      grid.pictures.count > 1 ? "Picture \(index + 1) of \(grid.pictures.count)" : "Picture"
    return "\(place)\(picture.caption.map { ": \($0)" } ?? ""), \(size)"
  }
}
