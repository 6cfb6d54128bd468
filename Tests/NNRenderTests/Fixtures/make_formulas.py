"""Records what KaTeX and pandoc make of the formulas in formulas.txt, into formulas.tsv.

usage: make_formulas.py          (Debian: apt-get install nodejs libjs-katex pandoc)

Each line: the TeX, KaTeX's text, pandoc's text, KaTeX's shape. A text is the MathML's text content
without its annotation. A shape is the text with the elements that place it around: `msub(x,i)`.
Both are folded as FormulaOracleTests.swift folds ours: compatibility forms (bold and script letters
are letters, NFKC), no white space and no invisible operators, and one sign for each of the pairs
in `SAME`, which they write differently and a reader sees alike.
"""
import json
import pathlib
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ElementTree

FOLDER = pathlib.Path(__file__).parent
KATEX = "/usr/share/javascript/katex/katex.min.js"
SAME = {
    "‖": "∥", "⟂": "⊥", "-": "−", "*": "∗", "∖": "\\", "∙": "•", "⦁": "•", "|": "∣", "'": "′",
    "\u0304": "ˉ", "\u0301": "ˊ", "`": "ˋ", "\u0302": "^", "\u0303": "~", "\u20d7": "→", "_": "\u0305",
}
PLACING = {
    "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable",
    "mtr", "mtd",
}


def fold(text):
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if not c.isspace() and not 0x2061 <= ord(c) <= 0x2064)
    return "".join(SAME.get(c, c) for c in text)


def name(element):
    return element.tag.split("}")[-1]


def shape(element):
    if name(element) == "annotation":
        return ""
    parts = [shape(child) for child in element]
    if name(element) in PLACING:
        return f"{name(element)}({','.join(parts)})"
    return fold(element.text or "") + "".join(parts)


def text(element):
    if name(element) == "annotation":
        return ""
    return (element.text or "") + "".join(text(child) for child in element)


def whole(shape):
    """KaTeX raises upon a number's last figure alone: 1msup(0,−3) for msup(10,−3)."""
    return re.sub(r"(\d+)(msub|msup|msubsup)\((\d)", r"\2(\1\3", shape)


def parse(markup):
    return ElementTree.fromstring(re.search(r"<math.*</math>", markup, re.S).group(0))


def katex(formulas):
    program = f"""
    const katex = require({json.dumps(KATEX)});
    for (const tex of JSON.parse(require('fs').readFileSync(0))) {{
      let markup = '';
      try {{ markup = katex.renderToString(tex, {{output: 'mathml', displayMode: true}}) }}
      catch (error) {{}}
      console.log(JSON.stringify(markup));
    }}"""
    run = subprocess.run(
        ["node", "-e", program], input=json.dumps(formulas), capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def pandoc(formulas):
    found = []
    for tex in formulas:
        run = subprocess.run(
            ["pandoc", "--from", "markdown", "--to", "html", "--mathml"],
            input=f"$${tex}$$\n", capture_output=True, text=True, check=True,
        )
        found.append(run.stdout if "<math" in run.stdout else "")
    return found


def main():
    lines = (FOLDER / "formulas.txt").read_text().splitlines()
    formulas = [line for line in lines if line and not line.startswith("#")]
    rows = []
    for tex, first, second in zip(formulas, katex(formulas), pandoc(formulas)):
        ours = [fold(text(parse(markup))) if markup else "" for markup in (first, second)]
        rows.append("\t".join([tex, *ours, whole(shape(parse(first))) if first else ""]))
    (FOLDER / "formulas.tsv").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
