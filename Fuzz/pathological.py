#!/usr/bin/env python3
"""Writes Markdown built to take long, about 200 kB a file, into the folder given.

Usage: pathological.py FOLDER [KILOBYTES]
The shapes are those of cmark-gfm's own pathological tests and advisories, and of our own code:
whoever changes MarkdownLimits runs ReplayMarkdown over them (see run-pathological.sh).
"""
import pathlib, random, sys

folder = pathlib.Path(sys.argv[1])
size = int(sys.argv[2]) * 1000 if len(sys.argv) > 2 else 200_000
folder.mkdir(parents=True, exist_ok=True)


def fill(unit):
    return unit * (size // len(unit.encode()))


def nested(mark, step):
    text, depth = "", 0
    while len(text) < size:
        text += step * depth + mark + "\n"
        depth += 1
    return text


def wide_table(columns, row):
    head = "|" + "a|" * columns + "\n|" + "-|" * columns + "\n"
    return head + row * max(1, (size - len(head)) // len(row))


lines_up_to_90 = nested("- a", "  ")[:8000]
random.seed(1)
cases = {
    "images": fill("![[]()"),
    "images-many-paragraphs": fill("![[]()" * 1500 + "\n\n"),
    "links": fill("[a](b "),
    "links-delimiters": fill("*a* [c](d) "),
    "links-bracketed": fill("[a](<b"),
    "links-titled": fill('[a](b "c'),
    "open-brackets": fill("["),
    "closed-brackets": "[" * (size // 2) + "a" + "]" * (size // 2),
    "reference-brackets": fill("[a][b]"),
    "quotes-line": ">" * size + " *a*",
    "quotes-many": fill(">" * 90 + " *a* `b` [c](d)\n"),
    "quotes-text": ">" * 99 + fill("*a* "),
    "lists-line": fill("- "),
    "lists-nested": nested("- a", "  "),
    "lists-then-blank": lines_up_to_90 + "\n" * (size - 8000),
    "lists-then-lazy": lines_up_to_90 + "a\n" * ((size - 8000) // 2),
    "ordered": fill("1. "),
    "table-wide": wide_table(size // 4, "a\n"),
    "table-wide-rows": wide_table(1000, "a|\n"),
    "table-499": wide_table(499, "a|\n"),
    "table-2": wide_table(2, "|" + "a|" * 400 + "\n"),
    "table-pipes": wide_table(2, "|" * 10_000 + "\n"),
    "table-delimiters": "a\n" + fill("-|\n"),
    "table-delimiters-2": "a\n" + fill("|-|-|\n"),
    "table-delimiters-3": "a\n" + fill("-|-\n-|-|-\n"),
    "table-code": wide_table(2, "|`a \\| b`|`c`|\n"),
    "table-wide-code": wide_table(400, "|" + "`a`|" * 400 + "\n"),
    "unclosed-pi": "a" + fill("<?"),
    "unclosed-cdata": "a" + fill("<![CDATA["),
    "unclosed-declaration": "a" + fill("<!A "),
    "unclosed-comment": "a" + fill("<!-- "),
    "unclosed-comment-block": "<div>\n" + fill("<!--a\n"),
    "comments": fill("a <!-- b --> c "),
    "open-tags": fill("<a "),
    "attributes": "<a" + fill(" b='c`'"),
    "emphasis": fill("*a _b "),
    "emphasis-closers": fill("a* "),
    "emphasis-nested": "*" * (size // 2) + "a" + "*" * (size // 2),
    "emphasis-mixed": fill("*a**b_c__d"),
    "strikethrough": fill("~~a ~b "),
    "backticks": "".join("e" + "`" * n for n in range(1, int((2 * size) ** 0.5))),
    "backticks-odd": fill("`a``b"),
    "backticks-spans": fill("`a` "),
    "backticks-escaped": fill("\\`a` "),
    "backticks-tags": fill("<a b='`c'>`d` "),
    "backticks-links": fill("[a](`b`) `c` "),
    "backticks-links-2": fill("[a](b`) ") + "`c`",
    "formulas": fill("$a$ "),
    "formulas-open": fill("$a "),
    "formulas-display": fill("$$a$ "),
    "formulas-escaped": fill("$\\$ "),
    "formulas-dollars": fill("$"),
    "formulas-spaced": fill("$a $ "),
    "entities": fill("&amp;&#x41;&copy"),
    "backslashes": fill("\\"),
    "definition-long": "[a]: " + "b" * (size // 2) + "\n\n" + "[a] " * (size // 8),
    "definition-open": "[a] " * (size // 8) + "\n\n[a]: " + "b" * (size // 2),
    "definitions": "".join(f"[{n}]: u\n" for n in range(size // 12)) + "[1]",
    "definitions-same": fill("[a]: u\n") + "[a]",
    "definition-hashes": fill("[" + "a" * 900 + "]\n"),
    "footnotes": "".join(f"[^{n}]: t[^{n + 1}]\n\n" for n in range(size // 20)) + "[^0]",
    "footnotes-same": fill("[^a] ") + "\n\n[^a]: t",
    "footnotes-unused": fill("[^a]: t\n"),
    "footnotes-nested": "a[^a]\n\n" + fill("[^a]: "),
    "headings": fill("# a\n"),
    "setext": fill("a\n=\n"),
    "fences": fill("```nn\n"),
    "fences-closed": fill("```nn\n```\n"),
    "fences-options": fill("```nn echo=maybe " + "x" * 10 + "\n```\n"),
    "fence-info": "```nn " + fill("a=b "),
    "fence-quotes": "```nn " + fill("a=\"b' "),
    "option-lines": "```nn\n" + fill("#| echo: no\n"),
    "labels": "".join(f"```nn l{n}\n```\n" for n in range(size // 16)),
    "inlines": fill("`nn x` "),
    "inlines-lines": fill("`nn\nx`\n"),
    "autolinks": fill("http://a.b/("),
    "autolinks-close": "http://a.b/" + ")" * size,
    "autolinks-entities": "http://a.b/" + fill("&a;"),
    "autolinks-at": fill("a@"),
    "autolinks-at-dots": fill("a.b@c.d "),
    "autolinks-www": fill("www."),
    "autolinks-colons": fill("http:"),
    "tasks": fill("- [ ] a\n"),
    "thematic": fill("- - - x\n"),
    "tabs": fill("\t"),
    "tab-quotes": fill(">\t"),
    "one-line": "a" * size,
    "lines": fill("a\n"),
    "nul": "\0" * size,
    "html-blocks": fill("<div>\n\n"),
    "front-matter": "---\n" + fill("a: b\n") + "---\n",
    "front-matter-flow": "---\na: " + "[" * 60_000 + "\n---\n",
    "front-matter-flow-2": "---\na: " + "{a: " * 15_000 + "\n---\n",
    "front-matter-keys": "---\nparams:\n" + "".join(f" k{n}: 1\n" for n in range(6000)) + "---\n",
    "front-matter-open": "---\na: b\n" + fill("c: d\n"),
    "front-matter-quotes": "---\na: \"" + "b\n" * 30_000 + "\n---\n",
    "random": "".join(random.choices("`*_[]()<>!#-+|\n \t~\\&;:nn0aé\"'{}=/.@^", k=size)),
    "random-lines": "".join(
        random.choice(["> ", "- ", "  ", "1. ", "```nn\n", "a|b\n", "-|-\n", "`nn x`\n", "\n", "[^a]: ",
                       "# ", "\t", "![[]()", "[a]: b\n", "<!-- ", "$x$ ", "**"])
        for _ in range(size // 4)),
}
for name, text in cases.items():
    (folder / f"{name}.md").write_bytes(text.encode())
