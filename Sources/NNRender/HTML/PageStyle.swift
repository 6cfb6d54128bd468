/// The style sheet every page carries. Written to be read here; `text` is what goes into the page.
///
/// The idea is a set book page: one column of prose about 68 characters wide, one accent colour,
/// step numbers in the margin, code on a faint wash, outputs hung under their code on a thin rule.
/// There are no frames but around what is wrong.
enum PageStyle {
  static let text = compact(
    variables + base + headings + prose + contents + code + cells + outputs + charts + wide + narrow
      + print)

  /// Without line ends and indentation.
  private static func compact(_ css: String) -> String {
    css.split(separator: "\n").map { line in
      String(line.drop { $0 == " " })
    }.joined()
  }

  private static let variables = """
    :root{color-scheme:light dark;\(PagePalette.properties(\.light));--bw:#000;--wb:#fff;
    --serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,"Book Antiqua",
    Charter,"Bitstream Charter",Georgia,Cambria,"Noto Serif","DejaVu Serif Condensed",serif;
    --sans:-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,"Helvetica Neue",Arial,
    "DejaVu Sans Condensed",sans-serif;
    --mono:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Noto Sans Mono","Liberation Mono",
    "DejaVu Sans Mono",monospace}
    @media screen and (prefers-color-scheme:dark){
    :root{\(PagePalette.properties(\.dark));--bw:#fff;--wb:#000}}

    """

  private static let base = """
    *{box-sizing:border-box}
    html{background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%;
    text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0 auto;padding:0 1rem;max-width:44rem;font:1.25rem/1.5 var(--serif);
    font-size-adjust:.48;overflow-wrap:break-word;hanging-punctuation:first last}
    main:focus{outline:0}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
    a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em;
    text-decoration-color:color-mix(in srgb,currentColor 45%,transparent)}
    a:hover{text-decoration-color:currentColor}
    .skip{position:absolute;left:-99rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
    .skip:focus{left:1rem;top:1rem}
    code,pre,.text{font-family:var(--mono)}
    pre,pre code,.text{font-size-adjust:none}

    """

  private static let headings = """
    .masthead{margin:4.5rem 0 2.5rem}
    h1{font-size:2.6rem;line-height:1.15;font-weight:600;letter-spacing:-.015em;margin:0;
    text-wrap:balance}
    .lead{font-size:1.375rem;line-height:1.4;font-style:italic;color:var(--soft);margin:.9rem 0 0;
    text-wrap:pretty}
    .byline{font:.9375rem/1.4 var(--sans);color:var(--soft);margin:1.1rem 0 0}
    h2,h3,h4,h5,h6{line-height:1.25;font-weight:600;text-wrap:balance;position:relative}
    h2{font-size:1.75rem;letter-spacing:-.01em;margin:3.6rem 0 1rem}
    h3{font-size:1.375rem;margin:2.4rem 0 .7rem}
    h4,h5,h6{font-size:1.25rem;font-style:italic;margin:2rem 0 .5rem}
    main h1{font-size:2rem;margin:3.6rem 0 1rem}
    .number{color:var(--accent);font-weight:400;font-variant-numeric:lining-nums}
    h2 .number{margin-right:.35em}
    .anchor{color:var(--soft);font-weight:400;font-size:.8em;text-decoration:none;margin-left:.4em;
    opacity:0}
    :is(h1,h2,h3,h4,h5,h6):hover .anchor,.anchor:focus{opacity:1}

    """

  private static let prose = """
    p,ul,ol,blockquote,dl{margin:0 0 1.15rem}
    main>p{text-wrap:pretty;hyphens:manual}
    ul,ol{padding-left:1.3em}
    li{margin:.25rem 0}
    li>p{margin-bottom:.5rem}
    li>ul,li>ol{margin-bottom:0}
    li::marker{color:var(--soft)}
    li:has(>input,>p>input){list-style:none}
    li>input,li>p>input{margin:0 .5em 0 -1.3em;accent-color:var(--accent)}
    blockquote{margin-left:0;padding-left:1.2rem;border-left:2px solid var(--rule);
    color:var(--soft);font-style:italic}
    blockquote em{font-style:normal}
    hr{border:0;margin:2.8rem 0;text-align:center;color:var(--soft)}
    hr::before{content:"* * *";letter-spacing:.6em}
    :not(pre)>code{font-size:.87em;background:var(--wash);padding:.1em .25em;border-radius:3px}
    a code{color:inherit}
    .shown{max-width:100%;height:auto}
    p>.shown:only-child{display:block;margin:0 auto}
    del{color:var(--soft)}
    math{font-family:"DejaVu Math TeX Gyre","STIX Two Math","Latin Modern Math","Cambria Math",math;
    font-size:.96em}
    .prime{font-size:1.25em}
    .overline{border-top:1px solid;padding-top:.12em}
    .underline{border-bottom:1px solid;padding-bottom:.12em}
    .formula{display:block;overflow:auto hidden;margin:1.2rem 0;padding:.3rem 0}
    .formula math{width:max-content;min-width:100%}
    .aligned mtd{padding:.25em 0}
    .aligned mtd:nth-child(odd){text-align:right}
    .aligned mtd:nth-child(odd):not(:first-child){padding-left:2em}
    .aligned mtd:nth-child(even),.cases mtd,mtd.left{text-align:left}
    .cases mtd:not(:first-child){padding-left:1em}
    mtd.right{text-align:right}
    mtr.ruled mtd{border-top:1px solid}
    mtr.ended mtd{border-bottom:1px solid}
    mtd.ruled{border-left:1px solid}
    .framed{border:1px solid;padding:.2em .35em}
    .small{font-size:.75em}
    .small mtd{padding:.1em .3em}
    math .bold{font-weight:bold}
    math .italic{font-style:italic}
    math .typewriter{font-family:var(--mono)}
    mtext.unknown{color:var(--error)}
    .footnotes{margin-top:3.5rem;padding-top:1.2rem;border-top:1px solid var(--rule);
    font-size:1.0625rem;color:var(--soft)}
    .footnote-ref a{text-decoration:none;font-variant-numeric:lining-nums}
    sup{line-height:0;font-size:.72em}
    .scroll{overflow-x:auto;max-width:100%;margin:0 0 1.15rem}
    table{border-collapse:collapse;font:.875rem/1.45 var(--sans);
    font-variant-numeric:lining-nums tabular-nums;border-top:1.5px solid var(--ink);
    border-bottom:1.5px solid var(--ink)}
    th,td{padding:.32rem 1.1rem .32rem 0;text-align:left;vertical-align:baseline}
    th:last-child,td:last-child{padding-right:0}
    thead th,thead td{border-bottom:1px solid var(--ink);font-weight:600}
    tbody th{font-weight:400;color:var(--soft)}
    tbody tr+tr>*{border-top:1px solid var(--rule)}
    caption{caption-side:top;text-align:left;font-weight:600;padding-bottom:.45rem}
    .num{text-align:right}
    [align=right]{text-align:right}
    [align=center]{text-align:center}
    .inline{font-variant-numeric:lining-nums}
    .inline.failed{color:var(--error);font:.875em var(--sans)}

    """

  private static let contents = """
    .contents{font:.875rem/1.4 var(--sans)}
    .contents ol{list-style:none;margin:0;padding:0}
    .contents ol ol{padding-left:1.7em}
    .contents li{margin:.1rem 0}
    .contents a{display:flex;gap:.6em;padding:.2rem 0;color:var(--soft);text-decoration:none}
    .contents a:hover{color:var(--ink)}
    .contents .number{min-width:1.1em;text-align:right;flex:none}
    .contents.wide{display:none}
    .contents.narrow{margin:0 0 2.5rem;padding:.6rem 0;border:solid var(--rule);border-width:1px 0}
    .contents.narrow ol{padding-top:.4rem}
    .contents.narrow ol ol{padding-top:0}
    summary{cursor:pointer;color:var(--soft);font:.875rem/1.5 var(--sans)}
    summary:hover{color:var(--ink)}
    .label{margin:0 0 .6rem;color:var(--ink);font-weight:600}
    .foot{margin:5rem 0 3rem;font:.8125rem/1.5 var(--sans);color:var(--soft)}
    .foot code{font-size:.95em;background:none;padding:0}

    """

  /// Carried by the page that lists the others, behind `text`.
  static let gallery = compact(
    """
    .gallery{list-style:none;padding:0;margin:2.2rem 0;display:grid;gap:2.4rem 2.2rem;
    grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr))}
    .gallery li{margin:0}
    .gallery a{display:block;text-decoration:none}
    .gallery p{margin:.3rem 0 0;color:var(--soft);font-size:1rem;line-height:1.4}
    .gallery .name{font-weight:600;font-size:1.25rem;line-height:1.25;text-wrap:balance}
    .gallery a:hover .name{text-decoration:underline 1px}
    .cover{display:flex;align-items:center;justify-content:center;aspect-ratio:8/5;padding:.9rem;
    margin-bottom:.8rem;background:var(--wash);border-radius:6px;overflow:hidden}
    .cover .chart{width:100%;height:100%}
    .cover text{display:none}
    .cover .chart .line{stroke-width:2.6}
    .cover .pictures{gap:.7rem;width:min(100%,15rem);
    grid-template-columns:repeat(var(--n),1fr)}
    .cover .picture,.cover .picture img{width:100%}
    .cover .cols-1{width:7rem}
    .cover .cols-2{width:11rem}
    .broken{background:var(--error-wash)}
    .broken svg{width:42%;fill:none;stroke:var(--rule);stroke-width:.5}
    .broken path+path{stroke:var(--error);stroke-width:1;stroke-linecap:round}
    .gallery .problem{color:var(--error);font-style:italic}
    """)

  private static let code = """
    pre{margin:0;font-size:.8125rem;line-height:1.55;tab-size:4}
    .source,.listing{position:relative}
    .source pre,.listing pre,pre.raw{background:var(--wash);padding:.85rem 1rem;border-radius:4px;
    overflow-x:auto}
    .listing,pre.raw{margin:1.6rem 0}
    .k,.v{color:var(--accent)}
    .v{font-weight:600}
    .d{font-weight:600}
    .n{color:var(--number)}
    .s{color:var(--string)}
    .o,.c{color:var(--soft)}
    .c{font-style:italic}
    .copy{position:absolute;right:.4rem;top:.4rem;font:.75rem/1 var(--sans);padding:.35rem .55rem;
    border:1px solid var(--rule);border-radius:3px;background:var(--paper);color:var(--soft);
    cursor:pointer;opacity:0}
    .source:hover .copy,.listing:hover .copy,.copy:focus-visible{opacity:1}
    .copy:hover{color:var(--ink)}

    """

  private static let cells = """
    .cell{margin:1.7rem 0 2rem;position:relative;scroll-margin-top:1.5rem}
    .cell-name{position:absolute;right:0;bottom:100%;font:.75rem/1.5 var(--sans);color:var(--soft);
    text-decoration:none}
    .cell-name:hover{color:var(--accent)}
    .cell:target .source pre{box-shadow:inset 2px 0 var(--accent)}
    .outputs{padding:.9rem 0 .1rem 1rem;border-left:1px solid var(--rule)}
    .outputs>*{margin:0 0 1rem}
    .outputs>:last-child,.outputs>details>:last-child{margin-bottom:0}
    .outputs>details>*{margin-bottom:1rem}
    figcaption{font:.875rem/1.45 var(--sans);color:var(--soft)}
    .cell>figcaption{padding:.7rem 0 0 1rem;border-left:1px solid var(--rule);text-wrap:pretty}
    .source .fold summary{background:var(--wash);padding:.45rem 1rem;border-radius:4px}
    .state{font:italic 1.0625rem/1.4 var(--serif);color:var(--soft);margin:0;
    padding:.7rem 0 0 1rem;border-left:1px solid var(--rule)}
    .stale .state{color:var(--warning)}
    .stale>.outputs,.stale>.state{border-left:1px dashed var(--warning)}
    .skipped .source pre,.unevaluated .source pre{background:none;
    box-shadow:inset 0 0 0 1px var(--rule)}
    .failed>.outputs{border-color:transparent}

    """

  private static let outputs = """
    .text{overflow-x:auto;max-width:100%}
    .tall{max-height:26rem;overflow:auto}
    .tall thead th,.tall thead td{position:sticky;top:0;background:var(--paper);
    box-shadow:0 1px var(--ink)}
    .more summary,.behind summary{font-size:.8125rem}
    .more summary{padding:.25rem 0}
    .table .scroll{margin:0}
    .note{font:.8125rem/1.5 var(--sans);color:var(--soft);margin:.4rem 0 0}
    .outputs>.note{margin:0 0 .6rem}
    .entry{font:.8125rem/1.5 var(--sans);color:var(--soft);margin:1rem 0 .2rem;white-space:pre-wrap}
    .entry:first-child{margin-top:0}
    .entry b{color:var(--ink);font-weight:600}
    .assertion{font-size:1rem;line-height:1.5}
    .outputs>.assertion:has(+.assertion){margin-bottom:.25rem}
    .tick{color:var(--good);font:600 1em var(--sans)}
    .reason{color:var(--soft);font-style:italic}
    .assertion code{background:none;padding:0;color:var(--soft)}
    .pictures{display:grid;grid-template-columns:repeat(var(--n),minmax(0,max-content));
    gap:1rem 1.1rem;padding:3px;justify-items:center;align-items:start}
    \((1...12).map { ".cols-\($0){--n:\($0)}" }.joined())
    .picture{margin:0;text-align:center;min-width:0}
    .picture img{display:block;margin:0 auto;max-width:100%;height:auto;image-rendering:pixelated;
    box-shadow:0 0 0 1px var(--rule)}
    .picture figcaption{font-size:.75rem;line-height:1.35;padding-top:.45rem}
    .wrong img{box-shadow:0 0 0 3px var(--error)}
    .wrong figcaption{color:var(--error)}
    .cross{font-weight:700}
    .diagnostic{background:var(--error-wash);padding:.8rem 1rem;border-left:2px solid var(--error);
    font-size:1.0625rem;line-height:1.45}
    .outputs>.diagnostic{margin-left:-1rem}
    .diagnostic p{margin:0}
    .diagnostic strong{font:600 .8125rem var(--sans);color:var(--error);margin-right:.3em}
    .place,.hint span{font:.8125rem/1.5 var(--sans);color:var(--soft)}
    .excerpt{margin:.55rem 0;overflow-x:auto}
    .line{color:var(--soft);user-select:none}
    .diagnostic mark{background:none;color:inherit;text-decoration:underline wavy var(--error) 1px;
    text-underline-offset:.3em;font-weight:600}
    .warning,.expected{background:none;border-color:var(--warning)}
    .warning strong,.expected strong{color:var(--warning)}
    .warning mark,.expected mark{text-decoration-color:var(--warning)}
    .expected{border-color:var(--rule)}
    .expected strong{color:var(--soft)}
    .notices{margin:0 0 2.5rem}
    .notices .diagnostic{margin:0 0 .8rem}

    """

  private static let charts =
    ChartStyle.text + """

      .chart{display:block;max-width:100%;height:auto;overflow:visible}
      .behind{margin-top:.3rem}
      .behind>div{margin:.5rem 0 0}
      .behind td,.behind th{padding-top:.15rem;padding-bottom:.15rem;font-size:.8125rem}

      """

  private static let wide = """
    @media(min-width:70rem){
    body{display:grid;max-width:none;grid-template-columns:15rem minmax(0,42rem);column-gap:5.5rem;
    justify-content:center;padding-right:5rem}
    body.single{grid-template-columns:minmax(0,42rem);padding-right:1rem}
    .masthead,main,.foot{grid-column:-2}
    .contents.narrow{display:none}
    .contents.wide{display:block;grid-column:1;grid-row:1/4;position:sticky;top:0;align-self:start;
    max-height:100vh;overflow-y:auto;padding:5.2rem .5rem 2rem 0}
    h2 .number{position:absolute;right:100%;margin-right:.55em}
    .cell-name{left:100%;right:auto;bottom:auto;top:.85rem;padding-left:.9rem;max-width:9rem;
    line-height:1.3;white-space:nowrap}}

    """

  private static let narrow = """
    @media(max-width:36rem){
    body{font-size:1.125rem;line-height:1.5}
    .lead{font-size:1.2rem}
    .masthead{margin:2.5rem 0 1.8rem}
    h1{font-size:2rem}
    h2{font-size:1.5rem;margin-top:2.8rem}
    h3{font-size:1.25rem}
    pre{font-size:.78125rem}
    .source pre,.listing pre{padding:.7rem .8rem}
    .outputs,.cell>figcaption,.state{padding-left:.8rem}
    .chart{font-size:15px}
    .pictures{gap:.8rem}
    .wide{display:inline-block;max-width:100%;overflow:auto hidden;vertical-align:middle}
    \((5...12).map { ".cols-\($0)" }.joined(separator: ",")){--n:4}}
    @media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}
    .anchor,.copy{transition:opacity .12s}}

    """

  private static let print = """
    @page{margin:20mm 18mm;@bottom-center{content:counter(page);font:9pt var(--sans)}}
    @media print{
    :root{color-scheme:light}
    html{font-size:11.5pt;background:none}
    body{display:block;max-width:none;padding:0;font-size:1rem;line-height:1.45}
    .contents,.skip,.copy,.anchor,.behind,.cell-name{display:none!important}
    .masthead{margin:0 0 1.5rem}
    h2{margin-top:2rem}
    h2 .number{position:static;margin-right:.35em}
    h1,h2,h3,h4,.cell-name{break-after:avoid}
    p,li{orphans:3;widows:3}
    pre{white-space:pre-wrap;font-size:.75rem}
    .source pre,.listing pre{break-inside:auto;overflow:visible;
    box-shadow:inset 0 0 0 .5pt var(--rule)}
    .scroll,.text,.tall,.excerpt{overflow:visible;max-height:none}
    .figure,.picture,.diagnostic,tr,.assertion{break-inside:avoid}
    thead{display:table-header-group}
    .chart{max-width:12.5cm}
    details::details-content{content-visibility:visible;block-size:auto;height:auto}
    .more>summary,.fold>summary{display:none}
    a{color:inherit;text-decoration:none}
    main a[href^=http]::after{content:" (" attr(href) ")";font-size:.85em;color:var(--soft)}}

    """
}
