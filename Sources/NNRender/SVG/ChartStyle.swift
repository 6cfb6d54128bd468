/// How the marks of a drawing look: part of the page's style sheet, and of a drawing that stands on
/// its own.
enum ChartStyle {
  static let text = """
    .chart{font:12px/1 var(--sans,sans-serif);font-variant-numeric:tabular-nums;fill:currentColor;
    color:var(--ink)}
    .chart .title{font-weight:600;font-size:1.08em}
    .chart .name,.chart .note,.chart .ticks,.chart .soft{fill:var(--soft)}
    .chart .value{font-size:.92em}
    .chart .grid{stroke:var(--rule);stroke-width:1;fill:none;shape-rendering:crispEdges}
    .chart .axis{stroke:var(--soft);stroke-width:1;fill:none;shape-rendering:crispEdges}
    .chart .line{stroke:var(--c);stroke-width:1.8;fill:none;stroke-linejoin:round;
    stroke-linecap:round}
    .chart .line[stroke-dasharray]{stroke-linecap:butt}
    .chart .thin{stroke-width:1}
    .chart .mark{fill:var(--c);stroke:var(--paper);stroke-width:.7}
    .chart .dots{stroke:var(--c);fill:none}
    .chart .bar{fill:var(--c);stroke:var(--c);stroke-width:0}
    .chart .light{fill-opacity:.18;stroke-width:1.2}
    .chart .half{fill-opacity:.6}
    @supports(color:color-mix(in srgb,red,red)){
    .chart .light{fill:color-mix(in srgb,var(--c) 18%,var(--paper));fill-opacity:1}
    .chart .half{fill:color-mix(in srgb,var(--c) 60%,var(--paper));fill-opacity:1}}
    .chart .tag{fill:var(--c);font-weight:500}
    .chart .pos{fill:var(--positive)}
    .chart .neg{fill:var(--negative)}
    .chart .none{fill:none;stroke:var(--rule)}
    .chart .on-bb{fill:#000}
    .chart .on-ww{fill:#fff}
    .chart .on-bw{fill:var(--bw)}
    .chart .on-wb{fill:var(--wb)}
    .chart .pixels{image-rendering:pixelated}
    .chart .unit{fill:var(--paper);stroke:var(--ink);stroke-width:1.1}
    .chart .edge{fill:none;stroke:var(--soft);stroke-width:.7;stroke-opacity:.5}
    .chart .edge.pos{stroke:var(--positive)}
    .chart .edge.neg{stroke:var(--negative)}
    .chart .flow{fill:var(--accent);fill-opacity:.09}
    .chart .block{fill:var(--wash);stroke:var(--ink);stroke-width:1.1}
    \(PagePalette.series.map { ".\($0.name){--c:var(--\($0.name))}" }.joined())
    """
}
