"""Random whole programs within the grammar, grown statement by statement.

A program is run as it grows, so that the next statement knows what each name holds: its shape, its
dtype, its length. A statement that Python refuses is mostly thrown away; some stay, and end the
program: where Python fails, nn must fail too.
"""

import numpy as np

import oracle
from kinds import number

OPERATORS = ["+", "-", "*", "/", "//", "%", "**"]
COMPARISONS = ["==", "!=", "<", "<=", ">", ">="]
ELEMENTWISE = ("abs sign sqrt square exp log log1p expm1 sin cos tan tanh arctan floor ceil round "
               "sigmoid relu leaky_relu prelu elu softplus step linear isnan isfinite").split()
REDUCTIONS = "sum prod mean std var min max argmin argmax all any cumsum norm count_nonzero".split()
DTYPES = ["bool", "uint8", "int64", "float32", "float64"]
SPECS = ["", ".3f", "8.2f", "+.1e", ">10", "<8", "^9", "*^11", "05d", "d", ",", "_", "x", "#x", "b",
         "o", "e", "g", ".3g", "%", ".1%", "010.3f", " .2f", "=+9", "z.1f", "#.3g", "s", ".2", "c",
         "E", "G", "n", "X", "#b", "-", "<+9.2f", "0>6", "é^7", ",.2f", "_d", "06", "=6"]


class Grammar:
    def __init__(self, r):
        self.r = r
        self.lines = []
        self.space = None
        self.functions = []
        self.fresh = 0

    # MARK: What there is

    def names(self, test):
        return [name for name in self.values if test(self.values[name])]

    def arrays(self):
        return self.names(lambda v: isinstance(v, np.ndarray) and v.ndim > 0)

    def chance(self, probability):
        return self.r.random() < probability

    def new_name(self):
        self.fresh += 1
        pool = ["x", "y", "w", "z", "a", "b", "total", "θ", "loss_1", "image", "e", "xs"]
        return self.r.choice(pool) if self.chance(0.6) else f"v{self.fresh}"

    def value(self, text):
        """What an expression gives, or None where Python refuses it."""
        state = np.random.get_state()
        try:
            tree = oracle.translated(f"result_ = ({text})")
            space = dict(self.space)
            exec(compile(tree, "<trial>", "exec"), space)
            return space["result_"]
        except Exception:
            return None
        finally:
            np.random.set_state(state)

    def tried(self, make, attempts=4):
        """An expression that Python accepts, if a few attempts find one."""
        text = make()
        for _ in range(attempts):
            if self.chance(0.03) or self.value(text) is not None:
                break
            text = make()
        return text

    # MARK: Expressions

    def literal(self, shape=None, style=None):
        r = self.r
        style = style or r.choice(["int", "int", "fixed", "fixed", "digits", "bool", "mixed"])
        shape = r.choice([(3,), (4,), (2, 3), (3, 2), (3, 3), (2, 2, 3), (1, 3), (3, 1), (1,)]) \
            if shape is None else shape
        if not shape:
            return number(r, style)
        return "[" + ", ".join(self.literal(shape[1:], style) for _ in range(shape[0])) + "]"

    def tensor(self, depth=2):
        r = self.r
        arrays = self.arrays()
        if depth == 0 or self.chance(0.3):
            if arrays and self.chance(0.75):
                return r.choice(arrays)
            return self.literal()
        return self.tried(lambda: self.tensor_once(depth - 1))

    def tensor_once(self, depth):
        r = self.r
        kind = r.randint(0, 13)
        x = self.tensor(depth)
        if kind <= 2:
            other = self.tensor(depth) if self.chance(0.5) else self.scalar(1)
            return f"({x} {r.choice(OPERATORS)} {other})" if self.chance(0.8) \
                else f"({other} {r.choice(OPERATORS[:4])} {x})"
        if kind == 3:
            return f"({x} {r.choice(COMPARISONS)} {self.scalar(1)})"
        if kind == 4:
            return f"({r.choice('-+~')}{x})"
        if kind == 5:
            return f"{r.choice(ELEMENTWISE)}({x})"
        if kind == 6:
            return self.reduction(x)
        if kind == 7:
            return self.indexed(x)
        if kind == 8:
            return self.reshaped(x)
        if kind == 9:
            return self.joined(x, depth)
        if kind == 10:
            y = self.tensor(depth)
            return r.choice([f"({x} @ {y})", f"({x} @ {x}.T)", f"dot({x}, {y})", f"outer({x}, {y})",
                             f"matmul({x}, {y})", f"({x}.T @ {y})"])
        if kind == 11:
            return f"{x}.astype({r.choice(DTYPES)})"
        if kind == 12:
            return self.searched(x, depth)
        return self.made()

    def axis(self, x):
        value = self.value(x)
        rank = max(value.ndim, 1) if isinstance(value, np.ndarray) else 1
        return self.r.randint(-rank - (self.chance(0.05)), rank - 1 + self.chance(0.05))

    def reduction(self, x):
        r = self.r
        name = r.choice(REDUCTIONS)
        options = []
        if self.chance(0.6):
            axis = self.axis(x)
            options.append(f"axis={axis}" if self.chance(0.7) else str(axis))
            if name == "norm":
                options[-1] = f"axis={axis}"
        if self.chance(0.3) and name != "cumsum":
            options.append(f"keepdims={r.choice(['true', 'false'])}")
        if name in ("std", "var") and self.chance(0.3):
            options.append(f"ddof={r.randint(0, 2)}")
        if name in ("sum", "prod", "mean", "cumsum") and self.chance(0.1):
            options.append(f"dtype={r.choice(['float64', 'int64', 'float32'])}")
        if name == "norm" and self.chance(0.4):
            options.append(r.choice(["ord=1", "ord=2", "ord=inf", "ord=-inf", "ord='fro'", "ord=3",
                                     "ord='nuc'", "ord=-1", "ord=-2", "ord=0"]))
        if self.chance(0.4) and name not in ("norm", "count_nonzero"):
            return f"{self.atom(x)}.{name}({', '.join(options)})"
        return f"{name}({', '.join([x] + options)})"

    def atom(self, x):
        return x

    def bound(self):
        return self.r.choice(["", "", str(self.r.randint(-5, 5))])

    def index_part(self, size):
        r = self.r
        kind = r.randint(0, 9)
        if kind <= 2:
            low = -size - (self.chance(0.04))
            return str(r.randint(low, max(size - 1, 0) + self.chance(0.04)))
        if kind <= 5:
            step = r.choice(["", "", ":1", ":2", ":-1", ":-2", ":3"])
            return f"{self.bound()}:{self.bound()}{step}"
        if kind == 6:
            return "none"
        if kind == 7:
            count = r.randint(1, 4)
            return "[" + ", ".join(str(r.randint(-size, max(size - 1, 0))) for _ in range(count)) + "]"
        if kind == 8:
            return "[" + ", ".join(r.choice(["true", "false"]) for _ in range(size)) + "]"
        return "..."

    def index(self, value):
        """What stands in the brackets behind a tensor."""
        r = self.r
        rank = value.ndim
        if rank and self.chance(0.2):
            kind = r.randint(0, 3)
            if kind == 0 and rank >= 2:
                n = min(value.shape[0], 3)
                picks = ", ".join(str(r.randint(0, max(value.shape[1] - 1, 0))) for _ in range(n))
                return f"range({n}), [{picks}]"
            if kind == 1:
                return "MASK"
        parts = []
        used = 0
        while used < rank + self.chance(0.03) and (not parts or self.chance(0.5)):
            part = self.index_part(value.shape[min(used, rank - 1)] if rank else 1)
            if part == "..." and "..." in parts and not self.chance(0.02):
                continue
            parts.append(part)
            used += part not in ("none", "...")
        return ", ".join(parts) or "..."

    def indexed(self, x):
        value = self.value(x)
        if not isinstance(value, np.ndarray):
            return x
        index = self.index(value)
        if index == "MASK":
            index = f"{x} {self.r.choice(COMPARISONS)} {self.number_literal()}"
        return f"{self.atom(x)}[{index}]"

    def reshaped(self, x):
        r = self.r
        value = self.value(x)
        if not isinstance(value, np.ndarray):
            return x
        return r.choice([
            f"{x}.T", f"ravel({x})", f"{x}.flatten()", f"reshape({x}, -1)", f"{x}.reshape(-1, 1)",
            f"{x}.reshape({value.size})", f"reshape({x}, (1, {value.size}))", f"transpose({x})",
            f"swapaxes({x}, 0, {self.axis(x)})", f"squeeze({x})", f"expand_dims({x}, {self.axis(x)})",
            f"{x}.reshape((-1, {r.randint(1, 3)}))", f"{x}.transpose()", f"squeeze({x}, {self.axis(x)})",
        ])

    def joined(self, x, depth):
        r = self.r
        y = self.tensor(depth)
        n = r.randint(0, 3)
        axis = self.axis(x)
        return r.choice([
            f"concatenate([{x}, {y}])", f"concatenate(({x}, {x}), axis={axis})", f"stack([{x}, {x}])",
            f"stack([{x}, {x}], axis={axis})", f"append({x}, {y})", f"append({x}, {x}, axis={axis})",
            f"repeat({x}, {n})", f"repeat({x}, {n}, axis={axis})", f"tile({x}, {n})",
            f"tile({x}, ({r.randint(1, 2)}, {n}))", f"concatenate([{x}, {y}], axis=none)",
        ])

    def searched(self, x, depth):
        r = self.r
        y = self.tensor(depth)
        a, b = self.number_literal(), self.number_literal()
        return r.choice([
            f"where({x} > {a}, {x}, {b})", f"where({x}, {y}, {a})", f"maximum({x}, {y})",
            f"minimum({x}, {a})", f"clip({x}, {a}, {b})", f"clip({x}, {a}, none)", f"sort({x})",
            f"sort({x}, axis={self.axis(x)})", f"unique({x})", f"round({x}, {r.randint(-2, 3)})",
            f"where({x} > {a})[0]", f"nonzero({x})[0]", f"isclose({x}, {y})", f"power({x}, 2)",
            f"multiply({x}, {y})", f"unique({x}, axis={self.axis(x)})", f"softmax({x})",
            f"unique({x}, return_counts=true)[1]", f"unique({x}, return_index=true)[1]",
            f"unique({x}, return_inverse=true)[1]", f"histogram({x}, bins={r.randint(1, 6)})[0]",
            f"histogram({x}, {r.randint(1, 4)}, ({r.randint(-5, 0)}, {r.randint(1, 5)}))[0]",
            f"clip({x}, min={a})", f"one_hot([0, 2, 1], {r.randint(3, 4)})",
            f"clip({x}, {y}, {b})", f"sort({x}, axis=none)", f"maximum({x}, -0.0)",
        ])

    def made(self):
        r = self.r
        n, m = r.randint(0, 4), r.randint(1, 4)
        dtype = r.choice(["", "", f", dtype={r.choice(DTYPES)}", f", {r.choice(DTYPES)}"])
        return r.choice([
            f"zeros(({n}, {m}){dtype})", f"ones({m}{dtype})", f"full(({m}, 2), {self.number_literal()})",
            f"arange({n})", f"arange({m}, {m + 4})", f"linspace(0, 1, {m})", f"eye({m})",
            f"arange({r.randint(0, 12)}).reshape({m}, -1)", f"zeros_like({self.tensor(0)})",
            f"ones_like({self.tensor(0)}{dtype})", f"array({self.literal()}{dtype})",
            f"arange({-m}, {m}, {r.choice(['0.5', '2', '1', '0.25', '-1'])})",
            f"array(range({n}, {n + 3}))", f"full({m}, {r.choice(['true', '3', '2.5'])})",
        ])

    def number_literal(self):
        text = number(self.r, self.r.choice(["int", "int", "fixed", "digits"]))
        return f"({text})" if text.startswith("-") and self.chance(0.5) else text

    def scalar(self, depth=2):
        """A number of any kind."""
        r = self.r
        numbers = self.names(lambda v: isinstance(v, (bool, int, float, np.generic)))
        if depth == 0 or self.chance(0.35):
            if numbers and self.chance(0.6):
                return r.choice(numbers)
            return r.choice([self.number_literal(), self.number_literal(), "true", "pi", "0", "1", "2"])
        return self.tried(lambda: self.scalar_once(depth - 1))

    def scalar_once(self, depth):
        r = self.r
        kind = r.randint(0, 9)
        if kind <= 2:
            return f"({self.scalar(depth)} {r.choice(OPERATORS)} {self.scalar(depth)})"
        if kind == 3:
            return self.condition(depth)
        if kind == 4:
            return f"({r.choice(['-', '+', '~', 'not '])}{self.scalar(depth)})"
        if kind == 5:
            x = self.tensor(1)
            return r.choice([f"len({x})", f"{x}.size", f"{x}.ndim", f"{x}.shape[0]", f"{x}.max()",
                             f"sum({x})", f"{x}.mean()", f"argmax({x})", f"{x}.sum()"])
        if kind == 6:
            y = self.scalar(depth)
            return r.choice([f"int({y})", f"float({y})", f"bool({y})", f"abs({y})", f"round({y})",
                             f"round({y}, {r.randint(-1, 3)})", f"sqrt({y})", f"exp({y})",
                             f"max({y}, {self.scalar(0)})", f"min({self.scalar(0)}, {y})",
                             f"float('{self.number_literal()}')", f"int('{r.randint(-99, 99)}')"])
        if kind == 7:
            return f"({self.scalar(depth)} if {self.condition(depth)} else {self.scalar(depth)})"
        if kind == 8:
            x = self.r.choice(self.arrays() or [self.literal()])
            value = self.value(x)
            if isinstance(value, np.ndarray) and value.size:
                return f"{x}[{', '.join(str(r.randint(-n, n - 1)) for n in value.shape)}]"
            return "1"
        if self.functions:
            return self.call()
        return f"({self.scalar(depth)} {r.choice('&|^')} {self.scalar(depth)})"

    def condition(self, depth=1):
        r = self.r
        kind = r.randint(0, 7)
        a, b = self.scalar(depth), self.scalar(depth)
        if kind <= 2:
            return f"({a} {r.choice(COMPARISONS)} {b})"
        if kind == 3:
            return f"({a} {r.choice('< <= > >= =='.split())} {b} {r.choice(COMPARISONS)} {self.scalar(0)})"
        if kind == 4:
            return f"({a} {r.choice(['and', 'or'])} {b})"
        if kind == 5:
            return f"(not {a})"
        if kind == 6:
            container = r.choice([self.tensor(0), f"({a}, {b}, 3)", "[1, 2, 3]"])
            return f"({a} {r.choice(['in', 'not in'])} {container})"
        return r.choice([f"({a} is not none)", f"({a} is none)", "true", f"all({self.tensor(1)} > {b})",
                         f"any({self.tensor(1)})", f"array_equal({self.tensor(0)}, {self.tensor(0)})",
                         f"allclose({self.tensor(0)}, {b})"])

    def call(self):
        r = self.r
        name, parameters, defaults = r.choice(self.functions)
        given = [self.scalar(1) if self.chance(0.8) else self.tensor(1) for _ in parameters]
        if self.chance(0.03):
            given = given[1:]
        parts = list(given)
        for parameter in defaults:
            if self.chance(0.4):
                value = self.scalar(0)
                parts.append(value if self.chance(0.3) else f"{parameter}={value}")
        if self.chance(0.02):
            parts.append("other=1")
        return f"{name}({', '.join(parts)})"

    def string(self):
        r = self.r
        strings = self.names(lambda v: isinstance(v, str))
        if strings and self.chance(0.4):
            return r.choice(strings)
        kind = r.randint(0, 7)
        word = r.choice(["'loss'", '"a b"', "'é'", "''", "'it\\'s'", "'tab\\t|'", "'θ = '", "'abc'"])
        if kind <= 2:
            return word
        if kind == 3:
            return self.f_string()
        if kind == 4:
            return f"str({self.scalar(1) if self.chance(0.6) else self.tensor(0)})"
        if kind == 5:
            return f"({word} + {self.string()})"
        if kind == 6:
            return f"({word} * {r.randint(-1, 3)})"
        return f"{word}[{self.bound()}:{self.bound()}{r.choice(['', '', ':2', ':-1'])}]"

    def f_string(self):
        r = self.r
        parts = []
        for _ in range(r.randint(1, 3)):
            value = self.scalar(1)
            if self.chance(0.15):
                value = self.tensor(0)
            if '"' in value:
                value = "1"
            spec = r.choice(SPECS) if self.chance(0.6) else ""
            if self.chance(0.5) and spec and self.value(f'f"{{{value}:{spec}}}"') is None:
                spec = ""
            conversion = r.choice(["", "", "", "", "!r", "!s"]) if not spec else ""
            equals = "=" if self.chance(0.1) and not spec else ""
            parts.append(f"{r.choice(['', 'x=', ' '])}{{{value}{equals}{conversion}"
                         f"{':' + spec if spec else ''}}}")
        return 'f"' + "|".join(parts) + '"'

    def listing(self):
        """A list, a tuple, or what makes one."""
        r = self.r
        lists = self.names(lambda v: isinstance(v, (list, tuple)))
        kind = r.randint(0, 8)
        if lists and self.chance(0.4):
            x = r.choice(lists)
            return r.choice([x, f"{x}[{self.bound()}:{self.bound()}{r.choice(['', ':2', ':-1'])}]",
                             f"{x} + {x}", f"{x} * 2", f"list({x})"])
        if kind == 0:
            return f"[{self.string()}, {self.scalar(0)}]"
        if kind == 1:
            return f"({self.scalar(1)}, {self.string()})"
        if kind == 2:
            return f"list({self.scalar(0)}, {self.scalar(0)})"
        if kind == 3:
            return f"list(enumerate([{self.string()}, {self.string()}]))"
        if kind == 4:
            return f"list(zip(range(3), ['p', 'q', 'r']))"
        if kind == 5:
            return f"[str(v) for v in {self.tensor(0)} if v is not none]"
        if kind == 6:
            return f"[{self.literal((2,), 'int')}, {self.literal((3,), 'int')}]"
        if kind == 7:
            return "[]"
        return f"[(k, v) for k, v in enumerate({self.tensor(0)})]"

    def comprehension(self):
        r = self.r
        source = r.choice([f"range({r.randint(1, 6)})", f"range({r.randint(-3, 2)}, {r.randint(3, 9)}, 2)",
                           self.r.choice(self.arrays() or ["[3, 1, 2]"])])
        body = r.choice(["v * v", "v + 1", "v", "v / 2", "(v if v is not none else 0)", "v ** 2",
                         f"v * {self.scalar(0)}", "[v, v]", "str(v)"])
        condition = r.choice(["", "", " if v is not none", " if true", " if v is not none and true"])
        if source.startswith("range") and self.chance(0.4):
            condition = f" if v % {r.randint(2, 3)} == {r.randint(0, 1)}"
        return f"[{body} for v in {source}{condition}]"

    def expression(self):
        kind = self.r.randint(0, 9)
        if kind <= 4:
            return self.tensor(self.r.randint(1, 3))
        if kind <= 6:
            return self.scalar(2)
        if kind == 7:
            return self.string()
        if kind == 8:
            return self.listing()
        return self.comprehension()

    # MARK: Statements

    def statement(self, depth=2):
        r = self.r
        kind = r.randint(0, 19)
        if kind <= 4:
            return [f"{self.new_name()} = {self.expression()}"]
        if kind <= 7:
            return [self.printing()]
        if kind <= 10:
            return [self.update()]
        if kind == 11:
            return [self.unpacking()]
        if kind == 12:
            return self.definition()
        if kind == 13 and depth:
            return self.branch(depth)
        if kind == 14 and depth:
            return self.loop(depth)
        if kind == 15 and depth:
            return self.counting(depth)
        if kind == 16:
            return [self.draw()]
        if kind == 17:
            return self.lists()
        if kind == 18:
            condition = self.condition()
            holds = self.value(condition)
            plain = isinstance(holds, (bool, int, float, np.generic)) and holds
            return [f"assert {condition}"] if plain else [self.printing()]
        return [f"{self.new_name()} = {self.expression()}"]

    def printing(self):
        r = self.r
        values = [self.expression() for _ in range(r.choice([1, 1, 1, 2, 3]))]
        option = r.choice(["", "", "", " sep='; '", " end='.\\n'"])
        if self.chance(0.3):
            return f"print({', '.join(values)}{',' if option else ''}{option})"
        return f"print {', '.join(values)}{option}"

    def update(self):
        r = self.r
        arrays = self.arrays()
        if not arrays:
            return self.printing()
        x = r.choice(arrays)
        index = self.index(self.values[x])
        if index == "MASK":
            index = f"{x} {r.choice(COMPARISONS)} {self.number_literal()}"
        operator = r.choice(["=", "=", "=", "+=", "-=", "*=", "/="])
        part = self.value(f"{x}[{index}]")
        value = self.scalar(1)
        if isinstance(part, np.ndarray) and self.chance(0.4) and part.ndim <= 3:
            value = self.literal(part.shape) if part.size else value
        if self.chance(0.1):
            value = self.tensor(1)
        if self.chance(0.15):
            return f"{x} {r.choice(['+=', '-=', '*=', '/='])} {value}"
        return f"{x}[{index}] {operator} {value}"

    def unpacking(self):
        r = self.r
        a, b, c = r.sample(["p", "q", "s", "t", "u"], 3)
        return r.choice([
            f"{a}, {b} = {self.expression()}, {self.scalar(1)}",
            f"{a}, ({b}, {c}) = {self.scalar(0)}, ({self.scalar(0)}, {self.string()})",
            f"{a}, {b} = {self.literal((2,))}", f"{a}, {b} = {self.tensor(1)}.shape",
            f"({a}, {b}), {c} = [{self.scalar(0)}, {self.string()}], 1", f"{a}, {b} = {self.tensor(0)}",
            f"{a}, {b} = unique({self.tensor(1)}, return_counts=true)",
        ])

    def lists(self):
        r = self.r
        lists = self.names(lambda v: isinstance(v, list))
        if lists and self.chance(0.7):
            x = r.choice(lists)
            return [r.choice([f"{x}.append({self.expression()})", f"{x}[0] = {self.expression()}",
                              f"{x}[-1] = {self.scalar(0)}", f"print {x}, len({x})", f"print {x}[0]",
                              f"{x} += ['more']", f"print {self.string()} in {x}"])]
        return [f"xs = {self.listing()}"]

    def draw(self):
        r = self.r
        n, m = r.randint(1, 4), r.randint(1, 4)
        call = r.choice([
            f"rand({n}, {m})", f"randn({n})", f"uniform(-1, 1, ({n}, {m}))", f"normal(0, 2, {n})",
            f"randint(0, 10, ({n}, {m}))", f"permutation({n + 2})", f"choice({n + 3}, {n}, replace=false)",
            f"choice([1.5, 2.5, 4], {m})", "rand()", f"randint({n})", f"uniform(size={m})",
        ])
        return f"seed {r.randint(0, 99)}" if self.chance(0.3) else f"{self.new_name()} = {call}"

    @staticmethod
    def indented(lines):
        return ["    " + line for line in lines]

    def block(self, depth):
        lines = []
        for _ in range(self.r.randint(1, 2)):
            lines += self.statement(depth - 1)
        return self.indented([line for line in lines if line])

    def branch(self, depth):
        lines = [f"if {self.condition()}:"] + self.block(depth)
        if self.chance(0.3):
            lines += [f"elif {self.condition()}:"] + self.block(depth)
        if self.chance(0.5):
            lines += ["else:"] + self.block(depth)
        return lines

    def loop(self, depth):
        r = self.r
        name = r.choice(["i", "j", "row"])
        source = r.choice([f"range({r.randint(0, 5)})", f"range({r.randint(-2, 2)}, {r.randint(2, 6)})",
                           self.tensor(1), f"enumerate({self.tensor(0)})", f"'{r.choice(['ab', 'é'])}'",
                           f"zip({self.tensor(0)}, range(9))", f"range(5, 0, {r.choice([-1, -2])})",
                           "['a', 1, none]", f"({self.scalar(0)}, {self.scalar(0)})"])
        target = f"k, {name}" if source.startswith(("enumerate", "zip")) else name
        body = [f"print {name}"] if self.chance(0.6) else []
        if self.chance(0.3):
            body += [f"if {self.condition(0)}:", f"    {r.choice(['break', 'continue', 'pass'])}"]
        return [f"for {target} in {source}:"] + self.indented(body) + self.block(depth)

    def counting(self, depth):
        r = self.r
        name = f"n{self.fresh}"
        self.fresh += 1
        return [f"{name} = 0", f"while {name} < {r.randint(1, 4)}:", f"    {name} += 1"] + \
            self.block(depth) + ([f"    if {name} == 2:", "        break"] if self.chance(0.3) else [])

    def definition(self):
        """A function; its body knows its parameters only as numbers or tensors."""
        r = self.r
        name = r.choice(["f", "g", "h"])
        kind = r.randint(0, 6)
        one = [f"{name} = lambda v: v {r.choice(OPERATORS[:3])} {self.scalar(0)}"]
        if kind == 0:
            made, parameters, defaults = one, ["v"], []
        elif kind == 1:
            made = [f"def {name}(v, k={self.scalar(0)}):", f"    s = v {r.choice('+-*')} k",
                    "    return s"]
            parameters, defaults = ["v"], ["k"]
        elif kind == 2:
            made = [f"def {name}(v):", f"    if len(str(v)) > {r.randint(1, 4)}:",
                    f"        return v {r.choice('+-*')} 1", "    return v"]
            parameters, defaults = ["v"], []
        elif kind == 3:
            made = [f"def {name}(n):", "    return 1 if len(str(n)) < 0 or true else "
                    f"n * {name}(n - 1)"]
            parameters, defaults = ["n"], []
        elif kind == 4:
            made = [f"def {name}(a, b=2, c=3):", f"    inner = lambda v: v * b + {self.scalar(0)}",
                    "    def deeper(w):", "        return inner(w) - c", "    return deeper(a)"]
            parameters, defaults = ["a"], ["b", "c"]
        elif kind == 5:
            made = [f"def {name}(a):", "    t = 0", "    for i in range(3):", "        t += a * i",
                    f"        if i == {r.randint(0, 4)}:", "            break", "    return t"]
            parameters, defaults = ["a"], []
        else:
            made = [f"def {name}(a, b):", f"    print {r.choice(['a', 'b', 'a, b'])}", "    return a + b"]
            parameters, defaults = ["a", "b"], []
        self.defined = (name, parameters, defaults)
        return made

    # MARK: Growing

    def program(self):
        out = oracle.io.StringIO()
        self.space = oracle.names(out)
        known = set(self.space)
        np.random.seed(0)
        lines = []
        self.values = {}
        for _ in range(self.r.randint(3, 9)):
            self.defined = None
            made = [line for line in self.statement() if line]
            trial = dict(self.space)
            state = np.random.get_state()
            try:
                exec(compile(oracle.translated("\n".join(made)), "<nn>", "exec"), trial)
            except oracle.Unpromised:
                np.random.set_state(state)
                continue
            except Exception:
                np.random.set_state(state)
                if self.chance(0.25):
                    return "\n".join(lines + made)
                continue
            if any(big(v) for k, v in trial.items() if k not in known):
                np.random.set_state(state)
                continue
            # Functions must see the names as they go on.
            self.space.update(trial)
            lines += made
            if self.defined:
                self.functions = [f for f in self.functions if f[0] != self.defined[0]]
                self.functions.append(self.defined)
            self.functions = [f for f in self.functions if callable(self.space.get(f[0]))]
            self.values = {k: v for k, v in self.space.items() if k not in known}
        if not lines or "print" not in lines[-1]:
            shown = [k for k, v in self.values.items() if not callable(v)][-3:]
            lines.append("print " + (", ".join(shown) or "1"))
        return "\n".join(lines)


def big(value):
    if isinstance(value, np.ndarray):
        return value.size > 200
    return isinstance(value, (list, tuple, str)) and len(value) > 60


def program(r):
    return Grammar(r).program()
