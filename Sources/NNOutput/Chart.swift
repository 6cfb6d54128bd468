/// A chart as its data and what is written on it; how it looks is the renderer's business.
package struct Chart: Sendable, Hashable {
  package enum Scale: String, Sendable, Hashable { case linear, log }

  package struct Axis: Sendable, Hashable {
    package var label: String?
    package var scale: Scale
    /// Names in place of numbers: the classes of a confusion matrix, the bars of a bar chart.
    package var categories: [String]

    package init(label: String? = nil, scale: Scale = .linear, categories: [String] = []) {
      self.label = label
      self.scale = scale
      self.categories = categories
    }
  }

  /// `x` and `y` have the same length; y may hold nan (a gap) and inf.
  package struct Series: Sendable, Hashable {
    package var label: String?
    package var x: [Double]
    package var y: [Double]
    /// For a scatter coloured by class: the class of each point. Empty otherwise.
    package var groups: [Int]
    /// The name of group i, where the classes have names. May be empty.
    package var groupNames: [String]

    package init(
      label: String? = nil, x: [Double], y: [Double], groups: [Int] = [],
      groupNames: [String] = []
    ) {
      self.label = label
      self.x = x
      self.y = y
      self.groups = groups
      self.groupNames = groupNames
    }
  }

  package enum Content: Sendable, Hashable {
    case lines([Series])
    case points([Series])
    /// One bar a category and series; `y` are the heights, `x` 0, 1, 2 …
    case bars([Series])
    /// `edges` has one more element than `counts`.
    case histogram(counts: [Double], edges: [Double])
    /// Row by row. `isAnnotated` writes each value in its cell.
    case heatmap(rows: Int, columns: Int, values: [Double], isAnnotated: Bool)
  }

  package var title: String?
  package var x: Axis
  package var y: Axis
  package var content: Content

  package init(title: String? = nil, x: Axis = Axis(), y: Axis = Axis(), content: Content) {
    self.title = title
    self.x = x
    self.y = y
    self.content = content
  }
}

/// Matrices shown as pixels, in a grid.
package struct PictureGrid: Sendable, Hashable {
  package enum ColorMap: String, Sendable, Hashable { case gray, viridis }

  package struct Picture: Sendable, Hashable {
    package var width: Int
    package var height: Int
    /// Row by row: `height × width` values for a matrix, or × 3 for red, green, blue.
    package var values: [Double]
    package var channels: Int
    package var caption: String?
    /// Marked as a wrong answer.
    package var isWrong: Bool

    package init(
      width: Int, height: Int, values: [Double], channels: Int = 1, caption: String? = nil,
      isWrong: Bool = false
    ) {
      self.width = width
      self.height = height
      self.values = values
      self.channels = channels
      self.caption = caption
      self.isWrong = isWrong
    }
  }

  package var pictures: [Picture]
  package var columns: Int
  package var colorMap: ColorMap
  /// The values drawn as the darkest and the lightest colour, the same for every picture.
  package var low: Double
  package var high: Double

  package init(
    pictures: [Picture], columns: Int, colorMap: ColorMap, low: Double, high: Double
  ) {
    self.pictures = pictures
    self.columns = columns
    self.colorMap = colorMap
    self.low = low
    self.high = high
  }
}

/// A network's picture: its layers in a row and, where it is small enough, an edge a weight.
package struct NetworkDiagram: Sendable, Hashable {
  package struct Layer: Sendable, Hashable {
    /// "input", "dense", "dropout"
    package var kind: String
    package var units: Int
    /// "sigmoid"; nil for the input.
    package var activation: String?
    package var hasBias: Bool
    /// How many numbers the layer learns.
    package var parameters: Int
    /// From the layer before, row by row, shape (inputs, units); empty where none are shown.
    package var weights: [Double]

    package init(
      kind: String, units: Int, activation: String?, hasBias: Bool, parameters: Int,
      weights: [Double]
    ) {
      self.kind = kind
      self.units = units
      self.activation = activation
      self.hasBias = hasBias
      self.parameters = parameters
      self.weights = weights
    }
  }

  package var name: String
  package var layers: [Layer]

  package init(name: String, layers: [Layer]) {
    self.name = name
    self.layers = layers
  }
}
