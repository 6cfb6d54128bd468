"""Random notebooks: cells that make, change, read and show values of every kind.

Names come from a small pool, so that cells depend on each other, shadow each other and, once the
notebook is edited, fail for want of each other. What the cells compute does not matter, only that
an incremental render and a fresh one agree.
"""

import dataclasses
import random


@dataclasses.dataclass
class Cell:
    lines: list[str]
    label: str = ""
    options: dict[str, str] = dataclasses.field(default_factory=dict)

    def text(self):
        head = " ".join(
            ["```nn", *([self.label] if self.label else []),
             *(f"{key}={value}" for key, value in self.options.items())])
        return "\n".join([head, *self.lines, "```"])


@dataclasses.dataclass
class Notebook:
    parts: list  # prose (text) and cells, in order
    params: dict[str, str]
    title: str = "A notebook"

    def text(self):
        params = "".join(f"  {name}: {value}\n" for name, value in self.params.items())
        parts = [part if isinstance(part, str) else part.text() for part in self.parts]
        return f"---\ntitle: {self.title}\nparams:\n{params}---\n\n" + "\n\n".join(parts) + "\n"

    def cells(self):
        return [place for place, part in enumerate(self.parts) if isinstance(part, Cell)]


NUMBERS = ["a", "b", "n", "rate", "total"]
TENSORS = ["x", "y", "z", "w"]
LISTS = ["xs", "fs"]
FUNCTIONS = ["f", "g", "h", "make"]
NETS = ["net", "other"]
DATA = ["d", "d2"]


def number(r):
    return r.choice([str(r.randint(1, 6)), f"{r.randint(1, 30) / 10}", "n", "rate", "a"])


def shape(r):
    return r.choice(["(3, 2)", "(4,)", "(2, 2)", "(5, 3)", "6"])


def term(r):
    """An expression of numbers and tensors."""
    return r.choice([
        number(r), "x", "y", "z", "sum(x)", "mean(y)", "x.T", "x * 2", "len(xs)", "sin(x)",
        f"f({number(r)})", f"g({number(r)})", "h(2)", "fs[0](2)", "max(x)", "exp(z)", "e", "pi",
        "net.W1", "d.x[:3]", "len(d.classes)", "net.history.loss", "xs[0]", "norm(w)",
    ])


def expression(r):
    kind = r.random()
    if kind < 0.4:
        return term(r)
    if kind < 0.8:
        return f"{term(r)} {r.choice('+-*')} {number(r)}"
    return f"{r.choice(['abs', 'sqrt', 'round', 'sigmoid', 'relu', 'sum'])}({term(r)})"


def one_of(r, *choices):
    lines = r.choice(choices)
    return lines if isinstance(lines, list) else [lines]


def assignments(r):
    name = r.choice(NUMBERS + TENSORS)
    return one_of(
        r,
        f"{name} = {expression(r)}",
        f"{r.choice(NUMBERS)} = {number(r)}",
        f"a, b = {number(r)}, {number(r)}",
        f"a += {number(r)}",
        f"{r.choice(TENSORS)} = arange({r.randint(3, 9)}.0)",
        f"x = reshape(arange({6 * r.randint(1, 2)}), (-1, 3)) / {r.randint(1, 5)}",
        f"x[0] = {number(r)}",
        f"x[x > {number(r)}] = {number(r)}",
        f"y = astype(x, {r.choice(['float32', 'int64', 'uint8', 'float64'])})",
        f"w = zeros({r.choice(['20', '(50, 60)', '(64, 64)'])})",
        [f"if {number(r)} > {number(r)}:", f"    {name} = {expression(r)}"],
        [f"if {number(r)} > {number(r)}:", f"    a = {number(r)}", "else:",
         f"    b = {number(r)}"],
        [f"for i in range({r.randint(0, 4)}):", f"    total = i * {number(r)}"],
        ["while a < 9:", f"    a += {r.randint(2, 4)}"],
        # Names of built-ins, taken and read.
        f"e = {number(r)}",
        f"sum = {number(r)}" if r.random() < 0.1 else f"pi = {number(r)}",
        "s = f\"{a:.3f} and {b}\"",
        "t = (a, x)",
        f"r = range({r.randint(1, 9)})",
        "kind = float32",
        [f"x = zeros({r.randint(2, 4)}) / 0", "save x to \"one.npy\""],
        "x = -abs(x) * nan",
        f"y = full({r.randint(2, 4)}, -nan)",
        "nothing = none",
    )


def lists(r):
    return one_of(
        r,
        "xs = []",
        f"xs = list({number(r)}, \"two\", x)",
        f"xs.append({expression(r)})",
        f"xs[0] = {expression(r)}",
        [f"for v in range({r.randint(1, 4)}):", f"    xs.append(v * {number(r)})"],
        f"fs = list(f, g, lambda v: v + {number(r)})",
        f"fs.append(lambda v: v * {number(r)})",
        "fs = [f, relu, sigmoid.derivative]",
        "print [v for v in xs]",
        f"xs = [v * {number(r)} for v in range(3)]",
        "fs[0] = g",
    )


def functions(r):
    name = r.choice(["f", "g", "h"])
    return one_of(
        r,
        [f"def {name}(v):", f"    return v * {number(r)} + {r.randint(1, 5)}"],
        [f"def {name}(v, k={number(r)}):", "    return v + k"],
        [f"def {name}(v):", f"    return {r.choice(['f', 'g', 'h'])}(v) + 1"],
        [f"def {name}(v):", "    u = v * a", "    if u > 3:", "        return u",
         "    return e + u"],
        [f"def {name}(v):", "    return rand() + v"],
        [f"def {name}(v):", "    print \"called\", v", "    return v"],
        [f"def {name}(v):", "    load \"data/small.csv\" as q", "    return sum(q.x) + v"],
        [f"def {name}(v):", f"    assert v < {r.randint(2, 6)}, \"too large\"",
         "    return v"],
        [f"def {name}(v):", "    if v < 1:", "        return 1", f"    return v * {name}(v - 1)"],
        [f"def {name}(v):", f"    return {term(r)}"],
        [f"def {name}(v):", "    return missing + v"],
        [f"def {name}(v):", "    def inner(k):", f"        return k * v + {number(r)}",
         "    return inner(v)"],
        ["def make(k):", f"    return lambda v: v * k + {number(r)}"],
        ["def make(k):", "    def inner(v):", f"        return v + k + {number(r)}",
         "    return inner"],
        f"{name} = make({number(r)})",
        f"{name} = lambda v: v + {number(r)}",
        f"{name} = {r.choice(['relu', 'tanh', 'f', 'g', 'sin', 'sigmoid.derivative'])}",
        [f"k = {number(r)}", f"{name} = lambda v, u=k: v * u + k"],
        [f"def {name}(v):", "    plot v * x", "    return v"],
    )


def draws(r):
    return one_of(
        r,
        f"seed {r.randint(0, 5)}",
        f"x = rand({shape(r).strip('()').rstrip(',')})",
        f"{r.choice(TENSORS)} = normal(0, {number(r)}, {shape(r)})",
        "a = randn()",
        "print permutation(5)",
        f"y = uniform(-1, 1, {shape(r)})",
        ["if a > 2:", f"    seed {r.randint(0, 5)}"],
        "w = randn(30, 80)",
        "x = choice(6, 3)",
        f"print randint(0, {r.randint(5, 99)})",
    )


def network(r):
    name = r.choice(NETS)
    width = r.randint(2, 4)
    layers = r.choice([
        [f"    dense {width} tanh", "    dense 1 sigmoid"],
        [f"    dense {width} relu", "    dropout 0.5", "    dense 1"],
        ["    dense 1 sigmoid bias=false"],
    ])
    dtype = r.choice(["", " dtype=float32"])
    return [f"network {name}{dtype}:", "    input 2", *layers]


SAMPLES = "[[0, 0], [0, 1], [1, 0], [1, 1]]"
OPTIMIZERS = ["sgd", "sgd momentum=0.9", "sgd momentum=0.5 nesterov=true", "rmsprop", "adagrad",
              "adam", "adamw", "genetic population=6 elite=2 mutation=0.1"]


def networks(r):
    name = r.choice(NETS)
    return one_of(
        r,
        network(r), network(r), network(r),
        f"train {name} on {SAMPLES}, [[0], [1], [1], [0]] epochs={r.randint(1, 4)} "
        f"lr=0.{r.randint(1, 9)} batch={r.choice(['all', '2'])} "
        f"optimizer={r.choice(OPTIMIZERS)}".replace("optimizer=genetic", "optimizer=genetic"),
        f"train {name} on {SAMPLES}, [[0], [1], [1], [0]] epochs=2 "
        f"optimizer={r.choice(OPTIMIZERS)}",
        f"init {name} normal(0, {number(r)})",
        f"init {name} {r.choice(['zeros', 'glorot_uniform', 'he_normal'])}",
        f"{name}.W1 = {name}.W1 * {number(r)}",
        f"{name}.b1 = {name}.b1 + {number(r)}",
        f"evaluate {name} on {SAMPLES}, [[0], [1], [1], [0]]",
        [f"predict {name} on {SAMPLES} as p", "print p"],
        f"print {name}({SAMPLES})",
        f"weights {name}",
        f"plot {name}.history.loss",
        f"diagram {name}",
        f"check gradients of {name} on {SAMPLES}, [[0], [1], [1], [0]]",
        "other = net",
        f"save {name} to \"w.npz\"",
        f"init {name} from \"w.npz\"",
        "xs = list(net, 1)",
    )


def files(r):
    return one_of(
        r,
        f"load \"data/{r.choice(['small', 'more'])}.csv\" as d target=\"kind\"",
        "load \"data/small.csv\" as d2",
        "load \"data/values.npy\" as d",
        "load iris as d",
        "table d rows=2",
        f"save {r.choice(TENSORS)} to \"{r.choice(['one', 'two'])}.npy\"",
        [f"load \"{r.choice(['one', 'two'])}.npy\" as d2", "print d2.x"],
        [f"save x to \"data/values.npy\""],
        "print len(d.x), d.classes",
        "load \"data/missing.csv\" as d",
    )


def shows(r):
    return one_of(
        r,
        f"print {expression(r)}",
        f"print {expression(r)}, {expression(r)}",
        expression(r),
        f"print  ( {expression(r)} )  # said",
        f"plot {r.choice(TENSORS)}, {r.choice(TENSORS)}",
        f"plot {r.choice(['x  +  1', 'x+1', 'f', 'f, relu'])} from -{r.randint(1, 4)} to 3",
        f"scatter x, y title=\"{r.choice('pq')}\"",
        f"bar abs( {r.choice(TENSORS)} )",
        f"histogram {r.choice(TENSORS)}",
        "heatmap x",
        "image w",
        "table x",
        f"table x row_names=list(\"{r.choice('uv')}\", \"b\", \"c\")",
        f"assert a  <  {r.randint(1, 9)}, \"a is small\"",
        "assert sum(x)<100",
        "print f\"{total:>8.2f}|{ a + b }\"",
        "print undefined_name",
        "print totl",
        "print x @ y",
        "xs[9]",
    )


KINDS = [(assignments, 6), (lists, 3), (functions, 5), (draws, 3), (networks, 5), (files, 3),
         (shows, 7)]


def lines(r):
    kinds, weights = zip(*KINDS)
    return [line for _ in range(r.choice([1, 1, 2, 2, 3, 5]))
            for line in r.choices(kinds, weights)[0](r)]


def cell(r):
    made = Cell(lines(r))
    if r.random() < 0.4:
        made.label = r.choice("pqrstuv") + str(r.randint(1, 30))
    change_options(r, made)
    return made


def change_options(r, made):
    if r.random() < 0.4:
        made.options = {}
    if r.random() < 0.3:
        key, value = r.choice([
            ("echo", "false"), ("echo", "fold"), ("output", "hide"), ("output", "fold"),
            ("error", "true"), ("error", "true"), ("eval", "false"), ("cache", "false"),
            ("caption", "\"A caption\""), ("caption", "\"Another\""), ("timeout", "50s"),
        ])
        made.options[key] = value


def prose(r):
    return r.choice([
        "Some words.", "## A heading", "More words, and `code`.", "$x^2$",
        f"The value is `nn {expression(r)}`.", f"`nn {expression(r)}` and `nn a`.",
        "| a | b |\n|---|---|\n| 1 | `nn n` |",
    ])


# What most cells need, so that most cells can run.
BEGINNINGS = [
    ["a, b, total = 2, 3.5, 0", "x = reshape(arange(6.0), (3, 2))", "y = x + 1", "z = x[0]",
     "w = ones((3, 3))"],
    ["def f(v):", "    return v * 2", "def g(v):", "    return f(v) + a", "h = lambda v: v + n"],
    ["xs = list(1, \"two\")", "fs = list(f, g)"],
    ["network net:", "    input 2", "    dense 3 tanh", "    dense 1 sigmoid", "other = net"],
    ["load \"data/small.csv\" as d target=\"kind\""],
]


def notebook(r):
    parts = [Cell(list(lines)) for lines in BEGINNINGS if r.random() < 0.95]
    for _ in range(r.randint(3, 12)):
        parts.append(prose(r) if r.random() < 0.3 else cell(r))
    return Notebook(
        parts, {"n": str(r.randint(1, 9)), "rate": f"{r.randint(1, 9) / 10}"},
        r.choice(["A notebook", "Another"]))
