"""What a reader sees of the committed pages, the letters tutorial above all.

usage: browse_committed.py CHROMIUM CHROMEDRIVER FOLDER   (FOLDER is output/)
Prints a line a finding and ends with 1 if there are any.
"""
from browser import check, contrast, finish, folder, js, quiet, show
import pathlib

PAGE = "letters.html"

# The drawn line's vertices and its ticks, both in pixels of the window, and the data behind it.
CHART = """(id => { const cell = document.getElementById(id), svg = cell.querySelector('svg'),
  path = svg.querySelector('.line'), m = path.getScreenCTM(),
  numbers = path.getAttribute('d').match(/-?[0-9.]+/g).map(Number), drawn = [];
  for (let i = 0; i < numbers.length; i += 2) {
    const p = new DOMPoint(numbers[i], numbers[i + 1]).matrixTransform(m); drawn.push([p.x, p.y]) }
  const ticks = [...svg.querySelectorAll('.ticks text')].map(t => {
    const r = t.getBoundingClientRect(); return [t.textContent, r.x + r.width / 2,
      r.y + r.height / 2, t.getAttribute('text-anchor')] });
  return [drawn, ticks, cell.querySelector('.behind pre').textContent] })(arguments[0])"""

COLORS = """(() => { const c = e => getComputedStyle(document.querySelector(e));
  return [c('html').backgroundColor, c('main p').color, c('.line.s1').stroke,
          c('.ticks text').fill, c('.source pre').backgroundColor] })()"""


def scale(ticks, axis):
    """Pixels → the axis's numbers, by its first and its last tick."""
    marks = [(float(text.replace(",", "")), place) for text, place in ticks]
    (low, start), (high, end) = marks[0], marks[-1]
    check(low != high, f"one tick on the {axis} axis")
    return lambda pixel: low + (pixel - start) / (end - start) * (high - low)


try:
    show(PAGE, 1280)

    # Every point of the accuracy chart stands where its epoch and its number say.
    drawn, ticks, data = js(CHART, "cell-accuracy")
    x = scale([(t, px) for t, px, _, anchor in ticks if anchor == "middle"], "x")
    y = scale([(t, py) for t, _, py, anchor in ticks if anchor == "end"], "y")
    rows = [[float(v) for v in line.split("\t")] for line in data.strip().splitlines()[1:]]
    check(len(drawn) == len(rows) == 100, f"{len(drawn)} points for {len(rows)} rows of data")
    for (px, py), (epoch, accuracy) in zip(drawn, rows):
        near = abs(x(px) - epoch) < 0.7 and abs(y(py) - accuracy) < 0.5
        check(near, f"epoch {epoch}, {accuracy} % is drawn at {x(px):.2f}, {y(py):.2f}")
    check(abs(rows[0][1] - 59.05548263790654) < 1e-9, f"the first accuracy is {rows[0]}")

    # A table of the prose and one of a cell, as a reader gets them.
    rows = js("[...document.querySelectorAll('#cell-first-row table tr')].map(r => "
              "[...r.cells].map(c => c.textContent))")
    check(rows[0] == ["", "unit 1", "unit 2", "unit 3", "unit 4", "unit 5"], f"heading {rows[0]}")
    check(rows[1][:3] == ["before", "0.756966", "-0.159592"], f"row {rows[1]}")
    rows = js("[...document.querySelector('main table').rows].map(r => "
              "[...r.cells].map(c => c.textContent.trim()))")
    check(rows[2] == ["hidden", "(1, 5)", "w1, (30, 5)"], f"row {rows[2]}")

    # The words of the notebook's inline values are in the sentence.
    text = js("document.querySelector('main').innerText")
    check("It ends at 95.86 %, with a loss of 0.0414." in text, "inline values")
    check("nn round" not in text, "an inline value stands there as its source")

    # Every link into the page leads somewhere, and an anchor jumps there.
    dead = js("[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
              ".filter(id => id && !document.getElementById(decodeURIComponent(id)))")
    check(not dead, f"links to nowhere: {dead}")
    for anchor in ("where-the-tutorial-errs", "cell-train-net"):
        js("scrollTo(0, 0)")
        js(f"document.querySelector('a[href=\"#{anchor}\"]').click()")
        top = js("document.getElementById(arguments[0]).getBoundingClientRect().top", anchor)
        check(-1 <= top < 120, f"#{anchor} at {top} after the jump")

    # The letters are there, in whole pixels.
    sizes = js("[...document.querySelectorAll('#cell-pictures img')].map(i => "
               "[i.naturalWidth, i.naturalHeight, i.width % 6, i.height % 5])")
    check(sizes == [[6, 5, 0, 0]] * 3, f"pictures {sizes}")
    check(js("document.querySelectorAll('main .error, main .diagnostic').length") == 0, "errors")

    # Light and dark differ, and both can be read.
    light = js(COLORS)
    show(PAGE, 1280, "dark")
    dark = js(COLORS)
    for name, one, other in zip(("paper", "ink", "line", "ticks", "code"), light, dark):
        check(one != other, f"{name} is {one} in light and dark")
    for paper, ink, line, _, _ in (light, dark):
        check(contrast(paper, ink) >= 7, f"ink {ink} on {paper}")
        check(contrast(paper, line) >= 3, f"line {line} on {paper}")

    # The list leads to every page, and shows a picture for each.
    pages = sorted(page.name for page in pathlib.Path(folder).glob("*.html"))
    show("index.html", 1280)
    links = js("[...document.querySelectorAll('.gallery a')].map(a => a.getAttribute('href'))")
    check(sorted(links + ["index.html"]) == pages, f"the list has {links}, the folder {pages}")
    covers = js(
        """[...document.querySelectorAll('.gallery a')].map(a => {
        const outer = a.querySelector('.cover').getBoundingClientRect();
        return [...a.querySelectorAll('.cover svg, .cover img')].map(e => e.getBoundingClientRect())
          .map(r => r.width > 20 && r.height > 20 && r.top >= outer.top
            && r.bottom <= outer.bottom + 1) })"""
    )
    check(all(cover and all(cover) for cover in covers), f"covers {covers}")

    # No page scrolls sideways on a telephone.
    for name in pages:
        show(name, 380)
        wide = js("document.documentElement.scrollWidth")
        check(wide <= 380, f"{name} is {wide} wide at 380")

    quiet(files=len(pages) + 2)
finally:
    finish()
