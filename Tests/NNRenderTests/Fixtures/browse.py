"""What a reader sees: opens the sample pages in Chromium and asserts on the drawn result.

usage: browse.py CHROMIUM CHROMEDRIVER FOLDER   (FOLDER holds letters.html and gallery.html)
Prints a line a finding and ends with 1 if there are any.
"""
from browser import check, contrast, finish, js, quiet, show

COLORS = """(() => { const c = e => getComputedStyle(document.querySelector(e));
  return [c('html').backgroundColor, c('main p').color, c('.line.s1').stroke,
          c('.soft,.ticks text').fill, c('.source pre').backgroundColor] })()"""

try:
    # A wide page: the contents stand beside the text, and code, outputs and caption below each other.
    show("letters.html", 1280)
    check(js("document.title") == "Three letters, one network", "title")
    check(js("document.compatMode") == "CSS1Compat", "standards mode")
    nav, main = js(
        "['.contents.wide', 'main'].map(s => document.querySelector(s).getBoundingClientRect().x)"
    )
    check(0 < nav < main, f"contents at {nav}, text at {main}")
    order = js(
        """[...document.querySelectorAll(`#cell-curves .source, #cell-curves svg,
        #cell-curves figcaption`)].map(e => e.getBoundingClientRect()).map(r => [r.top, r.bottom])"""
    )
    for (_, above), (below, _) in zip(order, order[1:]):
        check(above <= below + 1, f"cell parts overlap: {order}")

    # The line of a chart stands where its numbers say, measured against the ticks.
    points = js(
        """(() => { const svg = document.querySelector('#cell-curves-1 svg'),
        path = svg.querySelector('.line'), m = path.getScreenCTM(), n = path.getTotalLength(),
        at = p => { const q = p.matrixTransform(m); return [q.x, q.y] },
        ticks = [...svg.querySelectorAll('.ticks text')].map(t => {
          const r = t.getBoundingClientRect();
          return [t.textContent, r.x + r.width / 2, r.y + r.height / 2, r.right] });
        return [at(path.getPointAtLength(0)), at(path.getPointAtLength(n)), ticks] })()"""
    )
    (x0, y0), (x1, y1), ticks = points
    ys = {float(t): y for t, _, y, right in ticks if right < x0}
    xs = {float(t): x for t, x, _, right in ticks if right >= x0}
    low, high = min(ys), max(ys)
    scale = (ys[low] - ys[high]) / (high - low)
    for y, value in ((y0, 59.2), (y1, 93.02)):
        check(abs(ys[low] - (value - low) * scale - y) < 3, f"{value} drawn at {y}: {ys}")
    check(abs(xs[100] - x1) < 3, f"epoch 100 drawn at {x1}: {xs}")

    # The table's cells, as a reader and a screen reader get them.
    rows = js(
        """[...document.querySelectorAll('#cell-answers table tr')].map(r =>
        [...r.cells].map(c => c.textContent))"""
    )
    check(rows[0] == ["", "letter A", "letter B", "letter C", "answer"], f"heading {rows[0]}")
    check(rows[2] == ["B", "0.0402", "0.9127", "0.0933", "B"], f"row {rows[2]}")
    check(
        js("getComputedStyle(document.querySelector('#cell-answers td.num')).textAlign") == "right",
        "numbers to the right",
    )

    # An anchor jumps, the address of a cell too.
    for anchor in ("training", "cell-train"):
        js("location.hash = arguments[0]", anchor)
        top = js("document.getElementById(arguments[0]).getBoundingClientRect().top", anchor)
        check(-1 <= top < 120, f"#{anchor} at {top} after the jump")

    # Folded text unfolds, and the data behind a chart.
    details = "document.querySelector('#cell-train details')"
    height = js(f"{details}.getBoundingClientRect().height")
    js(f"{details}.querySelector('summary').click()")
    check(js(f"{details}.getBoundingClientRect().height") > 10 * height, "text unfolds")
    data = js(
        """(d => { d.open = true; return d.textContent })
        (document.querySelector('#cell-curves-1 details'))"""
    )
    check(len(data.splitlines()) == 101, f"{len(data.splitlines())} lines of data")

    # Pictures are whole multiples of their pixels, and marked ones are told.
    sizes = js(
        """[...document.querySelectorAll('#cell-letters img')].map(i =>
        [i.naturalWidth, i.naturalHeight, i.width, i.height, i.alt])"""
    )
    for width, tall, shown, shown_tall, alt in sizes:
        check(width == 6 and tall == 5 and shown % 6 == 0 and shown_tall % 5 == 0, f"{sizes}")
        check("6 by 5 pixels" in alt, alt)
    check(js("document.querySelectorAll('#cell-answers .wrong .cross').length") == 1, "wrong mark")

    # The keyboard comes to the skip link first, then through the page in order.
    js("scrollTo(0, 0)")
    check(js("[...document.querySelectorAll('a,[tabindex]')][0].className") == "skip", "skip link")
    check(js("document.querySelectorAll('[tabindex]:not([tabindex=\"0\"]):not(main)').length") == 0,
          "tabindex")
    check(
        js("""[...document.querySelectorAll('[tabindex="0"]')].every(e =>
            e.getAttribute('role') == 'region' && e.getAttribute('aria-label'))"""),
        "every scrolling box has a name",
    )
    unnamed = js(
        """[...document.querySelectorAll('svg[role=img]')].filter(s =>
        !s.getAttribute('aria-labelledby').split(' ').every(i => document.getElementById(i))).length"""
    )
    check(unnamed == 0, f"{unnamed} drawings without a name")
    for landmark in ("header", "nav", "main", "footer"):
        check(js("document.querySelector(arguments[0])", landmark) is not None, landmark)

    # Light and dark differ, and both can be read.
    light = js(COLORS)
    show("letters.html", 1280, "dark")
    dark = js(COLORS)
    for name, one, other in zip(("paper", "ink", "line", "ticks", "code"), light, dark):
        check(one != other, f"{name} is {one} in light and dark")
    for paper, ink, line, ticks, _ in (light, dark):
        check(contrast(paper, ink) >= 7, f"ink {ink} on {paper}")
        check(contrast(paper, line) >= 3, f"line {line} on {paper}")
        check(contrast(paper, ticks) >= 4.5, f"ticks {ticks} on {paper}")

    # On paper dark is light, everything folded is open, and no navigation is there.
    show("letters.html", 800, "dark", "print")
    check(js(COLORS)[1] == light[1], "ink in print")
    check(js("getComputedStyle(document.querySelector('nav')).display") == "none", "nav in print")
    for box in ("pre", ".text", ".scroll"):
        check(
            js("[...document.querySelectorAll(arguments[0])].every(e => e.scrollWidth <= "
               "e.clientWidth + 1 || getComputedStyle(e).overflowX == 'visible')", box),
            f"{box} is cut off in print",
        )

    # Narrow pages do not scroll sideways; what is wide scrolls in its own box.
    for name in ("letters.html", "gallery.html"):
        for width in (380, 320):
            show(name, width)
            check(
                js("document.documentElement.scrollWidth") <= width,
                f"{name} at {width} is {js('document.documentElement.scrollWidth')} wide",
            )
            cut = js(
                """[...document.querySelectorAll('main *')].filter(e => {
                if (e.closest('pre,.scroll,.text,svg,math,.excerpt')) return false;
                const r = e.getBoundingClientRect();
                return r.width && r.right > innerWidth + 1 }).map(e => e.outerHTML.slice(0, 80))"""
            )
            check(not cut, f"{name} at {width}: beyond the edge: {cut[:3]}")
            size = js(
                """(t => t.getBoundingClientRect().height)
                (document.querySelector('svg .ticks text'))"""
            )
            check(size >= 8, f"{name} at {width}: tick labels {size} px high")
    check(js("getComputedStyle(document.querySelector('.contents.narrow')).display") != "none",
          "folded contents")

    # A long formula scrolls in its own box, a short one does not, and names stand off from letters.
    show("gallery.html", 380)
    boxes = js("[...document.querySelectorAll('.formula')].map(e => [e.scrollWidth, e.clientWidth])")
    check(any(inner > outer for inner, outer in boxes), f"no formula scrolls: {boxes}")
    show("gallery.html", 1280)
    boxes = js("[...document.querySelectorAll('.formula')].map(e => [e.scrollWidth, e.clientWidth])")
    check(any(inner <= outer for inner, outer in boxes), f"no formula fits: {boxes}")
    gaps = js(
        """[...document.querySelectorAll('math mi')].filter(e => e.textContent == 'log')
        .map(e => e.nextElementSibling.nextElementSibling.getBoundingClientRect().left
          - e.getBoundingClientRect().right)"""
    )
    check(gaps and all(1 < gap < 8 for gap in gaps), f"log stands off by {gaps}")

    # Labels of a chart do not run into each other, and stay inside the drawing's own width.
    for width in (1280, 380):
        show("gallery.html", width)
        clashes = js(
            """[...document.querySelectorAll('svg.chart')].flatMap(svg => {
            const box = svg.getBoundingClientRect(),
              texts = [...svg.querySelectorAll('text')].filter(t => !t.hasAttribute('transform')),
              rects = texts.map(t => t.getBoundingClientRect()), bad = [];
            for (let i = 0; i < rects.length; i++) {
              const a = rects[i];
              if (a.left < box.left - 1 || a.right > box.right + 1)
                bad.push(svg.parentNode.id + ' outside: ' + texts[i].textContent);
              for (let j = i + 1; j < rects.length; j++) { const b = rects[j];
                if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
                    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
                  bad.push(svg.parentNode.id + ': ' + texts[i].textContent + ' / ' +
                           texts[j].textContent) } }
            return bad })"""
        )
        check(not clashes, f"labels at {width}: {clashes[:6]}")

    quiet(files=2)
finally:
    finish()
