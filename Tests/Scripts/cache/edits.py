"""Random edits of a notebook, each as an author may make it."""

import copy
import re

import generate


def cells_of(notebook):
    return [notebook.parts[place] for place in notebook.cells()]


def change_number(r, notebook):
    cell = r.choice(cells_of(notebook))
    places = [(line, match) for line, text in enumerate(cell.lines)
              for match in re.finditer(r"(?<![\w.])\d+(?![\w.])", text)]
    if places:
        line, match = r.choice(places)
        text = cell.lines[line]
        cell.lines[line] = text[:match.start()] + str(r.randint(1, 9)) + text[match.end():]


def change_name(r, notebook):
    cell = r.choice(cells_of(notebook))
    line = r.randrange(len(cell.lines))
    found = re.findall(r"\b[a-z]+\d?\b", cell.lines[line])
    if found:
        names = generate.NUMBERS + generate.TENSORS + ["f", "g", "h", "net", "other"]
        cell.lines[line] = re.sub(
            rf"\b{r.choice(found)}\b", r.choice(names), cell.lines[line])


def change_line(r, notebook):
    cell = r.choice(cells_of(notebook))
    cell.lines[r.randrange(len(cell.lines))] = r.choice(generate.lines(r))


def new_lines(r, notebook):
    r.choice(cells_of(notebook)).lines = generate.lines(r)


def add_lines(r, notebook):
    cell = r.choice(cells_of(notebook))
    more = generate.lines(r)
    cell.lines = more + cell.lines if r.random() < 0.5 else cell.lines + more


def remove_line(r, notebook):
    cell = r.choice(cells_of(notebook))
    if len(cell.lines) > 1:
        cell.lines.pop(r.randrange(len(cell.lines)))


def options(r, notebook):
    generate.change_options(r, r.choice(cells_of(notebook)))


def label(r, notebook):
    cell = r.choice(cells_of(notebook))
    cell.label = r.choice(["", "pqrstuv"[r.randrange(7)] + str(r.randint(1, 30))])


def seed(r, notebook):
    cells = cells_of(notebook)
    seeds = [(cell, line) for cell in cells for line, text in enumerate(cell.lines)
             if text.startswith("seed ")]
    if seeds:
        cell, line = r.choice(seeds)
        cell.lines[line] = f"seed {r.randint(0, 9)}"
    else:
        r.choice(cells).lines.insert(0, f"seed {r.randint(0, 9)}")


def parameter(r, notebook):
    if r.random() < 0.5:
        notebook.params["n"] = str(r.randint(1, 9))
    else:
        notebook.params["rate"] = f"{r.randint(1, 9) / 10}"


def add(r, notebook):
    part = generate.prose(r) if r.random() < 0.3 else generate.cell(r)
    notebook.parts.insert(r.randint(0, len(notebook.parts)), part)


def remove(r, notebook):
    if len(notebook.parts) > 3 and len(notebook.cells()) > 1:
        place = r.randrange(len(notebook.parts))
        if isinstance(notebook.parts[place], str) or len(notebook.cells()) > 1:
            notebook.parts.pop(place)


def move(r, notebook):
    part = notebook.parts.pop(r.randrange(len(notebook.parts)))
    notebook.parts.insert(r.randint(0, len(notebook.parts)), part)


def repeat(r, notebook):
    part = copy.deepcopy(r.choice(notebook.parts))
    if isinstance(part, generate.Cell):
        part.label = ""
    notebook.parts.insert(r.randint(0, len(notebook.parts)), part)


def swap(r, notebook):
    a, b = (r.randrange(len(notebook.parts)) for _ in range(2))
    parts = notebook.parts
    parts[a], parts[b] = parts[b], parts[a]


def title(r, notebook):
    notebook.title = r.choice(["A notebook", "Another", "A third"])


# MARK: Edits that change no program


def comment(r, notebook):
    cell = r.choice(cells_of(notebook))
    line = r.randrange(len(cell.lines))
    if r.random() < 0.5:
        cell.lines[line] += f"  # {r.choice(['why', 'so', 'note'])} {r.randint(0, 9)}"
    else:
        indent = re.match(" *", cell.lines[line]).group()
        cell.lines.insert(line, f"{indent}# {r.choice(['why', 'so'])} {r.randint(0, 9)}")


def blank_line(r, notebook):
    cell = r.choice(cells_of(notebook))
    cell.lines.insert(r.randint(0, len(cell.lines)), "")


def spaces(r, notebook):
    """Wider spaces where there is one already."""
    cell = r.choice(cells_of(notebook))
    line = r.randrange(len(cell.lines))
    text = cell.lines[line]
    if '"' in text:
        return
    body = text.lstrip(" ")
    places = [match.start() for match in re.finditer(" ", body)]
    if places:
        place = r.choice(places)
        body = body[:place] + " " * r.randint(1, 3) + body[place + 1:]
        cell.lines[line] = text[:len(text) - len(text.lstrip(" "))] + body


def words(r, notebook):
    notebook.parts.insert(
        r.randint(0, len(notebook.parts)), f"Words {r.randint(0, 99)}, and more of them.")


QUIET = [comment, blank_line, spaces, words, title]
EDITS = [change_number] * 4 + [change_name] * 3 + [change_line] * 2 + [
    new_lines, add_lines, remove_line, remove_line, options, options, label, seed, seed, parameter,
    add, add, remove, remove, move, move, repeat, swap, swap] + QUIET


def edit(r, notebook):
    """Makes one edit; its name."""
    if not notebook.cells():
        notebook.parts.append(generate.cell(r))
    made = r.choice(EDITS)
    made(r, notebook)
    return made.__name__
