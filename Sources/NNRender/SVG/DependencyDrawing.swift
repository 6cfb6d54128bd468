import NNSource

/// Cells one under the other, and arcs from each to those that need what it leaves.
package struct DependencyDrawing {
  package struct Node: Sendable {
    package let label: String
    /// Data sets and files it reads.
    package let inputs: [String]

    package init(label: String, inputs: [String]) {
      self.label = label
      self.inputs = inputs
    }
  }

  /// Places among the nodes; `from` is the smaller one.
  package struct Edge: Sendable {
    package let from: Int
    package let to: Int
    package var names: [String]

    package init(from: Int, to: Int, names: [String]) {
      self.from = from
      self.to = to
      self.names = names
    }
  }

  private static let rowHeight = 30.0
  private static let textSize = 13.0
  private static let margin = 12.0

  private let title: String
  private let nodes: [Node]
  private let edges: [Edge]
  /// Those that are drawn: all, or the shortest of very many, which no picture could show.
  private let arcs: [Edge]

  package init(title: String, nodes: [Node], edges: [Edge]) {
    self.title = title
    self.nodes = nodes
    self.edges = edges
    arcs =
      edges.count <= Self.mostArcs
      ? edges
      : edges.indices.sorted { one, other in
        (edges[one].to - edges[one].from, one) < (edges[other].to - edges[other].from, other)
      }.prefix(Self.mostArcs).sorted().map { edges[$0] }
  }

  private static let mostArcs = 2_000

  // MARK: SVG

  /// A file that stands on its own, light and dark.
  package var svg: String {
    let labels = nodes.map { node in
      node.label + (node.inputs.isEmpty ? "" : " (\(node.inputs.joined(separator: ", ")))")
    }
    let textWidth = labels.map { TextMeasure.width($0, size: Self.textSize) }.max() ?? 0
    let left = Self.margin + textWidth + 14
    let widest = arcs.map { Self.reach($0) }.max() ?? 0
    let noteWidth = remark.map { TextMeasure.width($0, size: Self.textSize) } ?? 0
    let picture = Picture(
      width: max(left + widest, Self.margin + noteWidth) + Self.margin,
      height: 2 * Self.margin + height + (remark == nil ? 0 : Self.rowHeight), title: title,
      description: description,
      content: arcs.map { arc($0, left: left) }
        + (remark.map {
          [
            Drawing.text(
              $0, x: Self.margin, y: y(max(nodes.count, 1)) + Self.textSize / 3, anchor: .start,
              class: "label")
          ]
        } ?? [])
        + labels.indices.map { index in
          Drawing.text(
            labels[index], x: left - 8, y: y(index) + Self.textSize / 3, anchor: .end,
            class: "label")
        }
        + nodes.indices.map { index in
          .tag(
            "circle",
            [
              "cx": Drawing.number(left), "cy": Drawing.number(y(index)), "r": "3", "class": "node",
            ])
        })
    let markup = picture.svg(id: "dependencies", class: "graph", style: Self.style)
    return MarkupWriter.string(markup) + "\n"
  }

  private static let style =
    ".graph{color:#1a1a1a;font:13px system-ui,sans-serif;background:#fff}"
    + ".label{fill:currentColor}.node{fill:currentColor}"
    + ".arc{fill:none;stroke:#3567b0;stroke-width:1.4;opacity:.75}.arc:hover{stroke-width:3;opacity:1}"
    + ".head{fill:#3567b0}"
    + "@media(prefers-color-scheme:dark){.graph{color:#eee;background:#181818}"
    + ".arc{stroke:#8ab4f8}.head{fill:#8ab4f8}}"

  private var height: Double { Double(max(nodes.count, 1)) * Self.rowHeight }

  private func y(_ index: Int) -> Double { Self.margin + (Double(index) + 0.5) * Self.rowHeight }

  /// How far to the right an arc goes.
  private static func reach(_ edge: Edge) -> Double {
    18 + min(Double(edge.to - edge.from), 40) * 9
  }

  private func arc(_ edge: Edge, left: Double) -> Markup {
    let (top, bottom) = (y(edge.from), y(edge.to))
    // A cubic curve reaches three quarters of the way to its control points.
    let control = left + Self.reach(edge) / 0.75
    let number = Drawing.number
    let words =
      "\(nodes[edge.from].label) → \(nodes[edge.to].label): "
      + edge.names.joined(separator: ", ")
    return .group([
      .tag(
        "path",
        [
          "class": "arc",
          "d": "M\(number(left + 4)) \(number(top))C\(number(control)) \(number(top)) "
            + "\(number(control)) \(number(bottom)) \(number(left + 10)) \(number(bottom))",
        ], [.tag("title", [:], words)]),
      .tag(
        "path",
        [
          "class": "head",
          "d": "M\(number(left + 4)) \(number(bottom))l8 -4v8z",
        ]),
    ])
  }

  /// That not all is drawn, if so.
  private var remark: String? {
    guard arcs.count < edges.count else { return nil }
    return "Of \(NumberText.count(edges.count, "dependency", "dependencies")) the "
      + "\(arcs.count) between the nearest cells are drawn; --format dot or json has all."
  }

  private var description: String {
    guard !edges.isEmpty else { return "No cell needs another one." }
    let needs = arcs.map { edge in
      "\(nodes[edge.to].label) needs \(edge.names.joined(separator: ", ")) "
        + "from \(nodes[edge.from].label)."
    }
    return ([remark].compactMap(\.self) + needs).joined(separator: " ")
  }

  // MARK: Other forms

  /// Graphviz's language.
  package var dot: String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    var text = "digraph \(quoted(title)) {\n  node [shape=box];\n"
    for node in nodes {
      text += "  \(quoted(node.label));\n"
      for input in node.inputs {
        text += "  \(quoted("data: " + input)) [shape=cylinder];\n"
        text += "  \(quoted("data: " + input)) -> \(quoted(node.label));\n"
      }
    }
    for edge in edges {
      text += "  \(quoted(nodes[edge.from].label)) -> \(quoted(nodes[edge.to].label))"
      text += " [label=\(quoted(edge.names.joined(separator: ", ")))];\n"
    }
    return text + "}\n"
  }

  package var json: JSONText {
    .object([
      (
        "cells",
        .array(
          nodes.map {
            .object([("label", .string($0.label)), ("inputs", .strings($0.inputs))])
          })
      ),
      (
        "edges",
        .array(
          edges.map { edge in
            .object([
              ("from", .string(nodes[edge.from].label)), ("to", .string(nodes[edge.to].label)),
              ("through", .strings(edge.names)),
            ])
          })
      ),
    ])
  }
}
