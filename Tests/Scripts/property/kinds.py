"""Random small nn programs, a kind for each part of the language.

Each kind draws a program of a few lines around one thing: an index, a reduction, a format spec.
"""

# MARK: Literals


def number(r, style):
    """A number as both languages spell it."""
    if style == "int":
        return str(r.randint(-20, 20))
    if style == "fixed":
        return str(round(r.uniform(-9, 9), 1))
    if style == "digits":
        return str(round(r.uniform(-3, 3), r.choice([2, 3, 4, 5, 6])))
    if style == "large":
        return repr(float(f"{r.uniform(-1, 1) * 10 ** r.randint(1, 12):.6g}"))
    if style == "small":
        return repr(float(f"{r.uniform(-1, 1) * 10 ** r.randint(-9, -3):.4g}"))
    if style == "wide":
        return repr(float(f"{r.uniform(-1, 1) * 10 ** r.randint(-12, 14):.6g}"))
    if style == "full":
        return repr(r.uniform(-10, 10))
    if style == "bool":
        return r.choice(["true", "false"])
    if style == "special":
        return r.choice(
            ["0.0", "-0.0", "1.0", "-3", "2.5e+20", "1e-300", "inf", "-inf", "nan", "123456.789"])
    if style == "huge":
        return repr(float(f"{r.uniform(-1, 1) * 10 ** r.randint(-320, 308):.8g}"))
    if style == "mixed":
        return number(r, r.choice(["int", "fixed", "large", "small"]))
    if style == "bigint":
        return str(r.randint(-(10 ** r.randint(1, 18)), 10 ** r.randint(1, 18)))
    raise ValueError(style)


STYLES = ["int", "fixed", "digits"]


def nested(r, shape, style):
    if not shape:
        return number(r, style)
    return "[" + ", ".join(nested(r, shape[1:], style) for _ in range(shape[0])) + "]"


def tensor(r, shape, style=None):
    return "" + nested(r, shape, style or r.choice(STYLES)) + ""


def shape(r, low=1, high=3, most=5):
    return tuple(r.randint(1, most) for _ in range(r.randint(low, high)))


def matrix_shape(r, most=6):
    return (r.randint(1, most), r.randint(1, most))


def broadcastable(r, base):
    """A shape that broadcasts with `base`."""
    part = list(base[r.randint(0, len(base) - 1):])
    return tuple(1 if r.random() < 0.3 else size for size in part)


def boolean(value):
    return "true" if value else "false"


# MARK: Kinds


def kind_print(r):
    style = r.choice(STYLES + ["large", "small", "wide", "full", "mixed", "bool", "bigint", "huge"])
    return f"print {tensor(r, shape(r, 1, 4, r.choice([3, 5, 8])), style)}"


def kind_special(r):
    return f"print {tensor(r, shape(r, 1, 2), 'special')}"


def kind_big(r):
    return r.choice([
        f"print arange({r.randint(900, 6000)})",
        f"print linspace(0, {r.randint(1, 9)}, {r.randint(100, 1500)})",
        f"seed {r.randint(0, 999)}\nprint rand({r.randint(1, 60)}, {r.randint(1, 60)})",
        f"seed {r.randint(0, 999)}\nprint randn({r.randint(1, 12)}, {r.randint(1, 12)}, "
        f"{r.randint(1, 12)})",
        f"print arange({r.randint(1000, 3000)}) * {number(r, 'digits')}",
        f"print zeros(({r.randint(1, 80)}, {r.randint(1, 80)}))",
    ])


def kind_elem(r):
    name = r.choice(
        "abs sign sqrt square exp log log1p expm1 sin cos tan tanh arctan floor ceil isnan "
        "isfinite".split())
    style = r.choice(STYLES + ["full"])
    if name in ("exp", "expm1") and style == "full":
        style = "digits"
    argument = tensor(r, shape(r), style)
    if r.random() < 0.2:
        argument = number(r, style)
        if name == "abs" and argument.startswith("-"):
            argument = f"({argument})"
    return f"print({name}({argument}))" if r.random() < 0.5 else f"print {name}({argument})"


def reduced(r, value, rank):
    name = r.choice("sum prod mean std var min max argmin argmax all any cumsum norm".split())
    options = []
    if r.random() < 0.7:
        axis = r.randint(-rank, rank - 1)
        if rank > 1 and r.random() < 0.15 and name not in ("argmin", "argmax", "cumsum", "norm"):
            pair = r.sample(range(rank), 2)
            options.append(f"axis=({pair[0]}, {pair[1]})")
        else:
            options.append(f"axis={axis}")
    if r.random() < 0.35 and name != "cumsum":
        options.append("keepdims=true")
    if name in ("std", "var") and r.random() < 0.2:
        options.append("ddof=1")
    if r.random() < 0.3 and name != "norm":
        return f"{value}.{name}({', '.join(options)})"
    return f"{name}({', '.join([value] + options)})"


def kind_red(r):
    size = shape(r, 1, 3)
    style = r.choice(STYLES + ["bool", "full"])
    return f"x = {tensor(r, size, style)}\nprint {reduced(r, 'x', len(size))}"


def kind_bin(r):
    operator = r.choice("+ - * / // % == != < <= > >=".split())
    size = shape(r)
    left = tensor(r, size, r.choice(STYLES + ["full"]))
    choice = r.random()
    if choice < 0.25:
        right = number(r, r.choice(STYLES))
        right = f"({right})"
    elif choice < 0.4:
        left, right = f"({number(r, r.choice(STYLES))})", left
    else:
        right = tensor(r, broadcastable(r, size))
    return f"x = {left}\nprint x {operator} {right}"


def kind_pow(r):
    base = tensor(r, shape(r, 1, 2, 4), r.choice(["int", "fixed"]))
    return r.choice([
        f"print abs({base}) ** {r.choice(['2', '3', '0.5', '1.5', '-0.5', '0', '2.0'])}",
        f"print {base} ** {r.choice(['2', '3', '4', '0'])}",
        f"print 2.0 ** {base}",
        f"print {tensor(r, (3,), 'fixed')} ** -1",
    ])


def kind_bits(r):
    size = shape(r, 1, 2)
    operator = r.choice("& | ^".split())
    style = r.choice(["bool", "int"])
    return f"a = {tensor(r, size, style)}\nprint a {operator} {tensor(r, size, style)}\nprint ~a"


def kind_mat(r):
    rows, inner, columns = (r.randint(1, 6) for _ in range(3))
    style = r.choice(STYLES)
    return f"print {tensor(r, (rows, inner), style)} @ {tensor(r, (inner, columns), style)}"


def kind_mat2(r):
    rows, columns = matrix_shape(r)
    style = r.choice(STYLES)
    last = r.choice(["dot(A, v)", "outer(v, v)", "A @ v", "v @ v", "A.T @ A", "A @ A.T",
                     "matmul(A, v)", "A.dot(v)", "dot(A, A.T)", "outer(A, v)", "(A * v).sum(axis=1)",
                     "stack([A, A]) @ v", "stack([A, A]) @ A.T"])
    return f"A = {tensor(r, (rows, columns), style)}\nv = {tensor(r, (columns,), style)}\nprint {last}"


def kind_mask(r):
    size = matrix_shape(r)
    x = tensor(r, size, "fixed")
    limit = r.randint(-4, 4)
    last = r.choice([
        f"x[x > {limit}]", f"x[x[:, 0] < {limit}]", f"x[:, std(x, axis=0) > {abs(limit)}]",
        f"x[(x > {limit}) & (x < {limit + 3})]", f"x[x.max(axis=1) > {limit}]", "x[~(x > 0)]",
        f"where(x > {limit})[0]", f"where(x > {limit}, x, 0)", f"x[x == x.max()]",
        f"count_nonzero(x > {limit})", f"(x > {limit}).sum()", f"(x > {limit}).mean(axis=0)",
    ])
    return f"x = {x}\nprint {last}"


def kind_index(r):
    rows, columns = r.randint(2, 6), r.randint(2, 6)
    x = tensor(r, (rows, columns), r.choice(STYLES + ["large", "small"]))
    i, j = r.randint(-rows, rows - 1), r.randint(-columns, columns - 1)
    a, b = r.randint(-7, 7), r.randint(-7, 7)
    step = r.choice([-2, -1, 1, 2, 3])
    picks = [r.randint(-rows, rows - 1) for _ in range(r.randint(1, 4))]
    others = [r.randint(-columns, columns - 1) for _ in picks]
    last = r.choice([
        f"x[{i}]", f"x[{i}, {j}]", f"x[{a}:{b}]", f"x[::{step}]", f"x[{a}:{b}:{step}]",
        f"x[:, {j}]", f"x[..., {j}]", f"x[none, :]", f"x[:, none, {j}]", f"x[{picks}]",
        f"x[{picks}, {others}]", f"x[:, {others}]", f"x[{picks}, {a}:{b}]", f"x[{i}:, {j}]",
        f"x[::{step}, ::{r.choice([-1, 1, 2])}]", f"x[{picks}, {j}]", f"x[{[picks, picks]}]",
        f"x[{i}][{j}]", f"x[range({len(picks)}), {others}]" if len(picks) <= rows else f"x[{i}]",
        f"x[{picks}][:, {others}]", "x.T[0]", f"x[x[:, 0] > 0]", f"x[{i}, ::-1]", f"x[()]",
    ])
    program = f"x = {x}\nprint {last}"
    return program + (f"\nprint {last}.shape" if r.random() < 0.6 else "")


def kind_assign(r):
    rows, columns = r.randint(3, 5), r.randint(3, 6)
    x = tensor(r, (rows, columns), "fixed")
    limit, j = r.randint(-4, 4), r.randint(-columns, columns - 1)
    value = number(r, r.choice(["int", "fixed"]))
    row = tensor(r, (columns,), "fixed")
    last = r.choice([
        f"x[x < {limit}] = {value}", f"x[range(3), [0, 2, 1]] -= 1", f"x[0] = {value}",
        f"x[-1, -1] = {value}", f"x[:, {j}] = {value}", f"x[1:] *= 2", f"x[0] = {row}",
        f"x[:, {j}] += {value}", f"x[::2] = {row}", f"x[[0, 2]] = {value}", f"x -= {row}",
        f"x[[0, 0, 1]] += 1", f"x[x > {limit}] /= 2", f"x[..., 0] = x[..., 1]",
        f"y = x\ny[0, 0] = 77", f"x += 1", f"x[1] = x[0] * 2", f"x[x > {limit}] += x[x > {limit}]",
        f"x[:2, :2] = {tensor(r, (2, 2), 'fixed')}", f"x[::-1] = x", f"x[1:] = x[:-1]",
    ])
    return f"x = {x}\n{last}\nprint x"


def kind_join(r):
    rows, columns = r.randint(1, 3), r.randint(1, 3)
    a, b = tensor(r, (rows, columns), "int"), tensor(r, (rows, columns), "fixed")
    n = r.randint(1, 3)
    last = r.choice([
        "where(a > b, a, b)", "append(a, b)", f"append(a, b, axis={r.randint(-2, 1)})",
        f"concatenate([a, b], axis={r.randint(-2, 1)})", "concatenate([a, b])",
        f"stack([a, b], axis={r.randint(-3, 2)})", "stack([a, b])", "clip(b, -1, 1)",
        "maximum(a, b)", "minimum(a, b)", "maximum(a, 0)", f"tile(a, {n})", f"tile(b, (2, {n}))",
        f"repeat(a, {n})", f"repeat(b, {n}, axis={r.randint(-2, 1)})", "round(b, 1)",
        f"round(b, {r.choice([-1, 0, 2])})", "count_nonzero(a > 0)", "where(b > 0, 1, -1)",
        "multiply(a, b)", "concatenate([a, b, a], axis=none)", "power(a, 2)", "clip(a, -3, 5)",
        "clip(a, 0.5, none)", "array_equal(a, b)", "allclose(a, a + 1e-9)", "isclose(b, round(b))",
        "append(a, 5)", "swapaxes(stack([a, b]), 0, 2)", "expand_dims(a, 1)",
        "squeeze(stack([a])).shape", "a.ravel()", "b.flatten()", "zeros_like(a)", "ones_like(b)",
        "full(a.shape, 1.5)", "transpose(stack([a, b]), (1, 2, 0))", "a.astype(float64)",
        "b.astype(int64)", "a.astype(bool)", "b.astype(float32)", "(b * 10).astype(uint8)",
        "(a / b).astype(float32)",
    ])
    if "uint8" in last:
        last = last.replace("b * 10", "abs(b) * 10")
    return f"a = {a}\nb = {b}\nprint {last}"


def kind_make(r):
    n, m, k = r.randint(0, 6), r.randint(0, 4), r.randint(-3, 3)
    return "print " + r.choice([
        f"eye({n})", f"eye({n}, {m + 1}, {k})", f"full({n}, 0.5)", f"full(({n}, 3), {k})",
        f"zeros({n})", f"zeros(({n}, {m}))", f"ones(({m}, {n}), dtype=int64)",
        f"zeros(({m}, 2), dtype=bool)", f"ones({n}, dtype=float32)", f"ones({n}, dtype=uint8)",
        f"linspace({k}, {k + r.randint(0, 5)}, {n})", f"arange({n})", f"arange({k}, {n})",
        f"arange({k}, {n}, {r.choice([1, 2, 3, -1])})",
        f"arange({k}, {n}, {r.choice(['0.5', '0.25', '0.1', '0.3', '0.7'])})",
        f"linspace(0, {number(r, 'digits')}, {n + 1}, endpoint=false)",
        f"array(range({n + 1})) * 2", f"arange({n}.0)", f"full({n}, true)", f"arange({n}) / {m + 1}",
    ])


def kind_shape(r):
    n = r.choice([12, 24])
    sizes = r.choice({12: ["3, 4", "2, 6", "2, 2, 3", "-1, 4", "12", "4, -1", "1, 12"],
                      24: ["4, 6", "2, 3, 4", "-1, 8", "24", "2, 2, 2, 3", "6, -1"]}[n])
    last = r.choice([".shape", ".ndim", "", ".ravel()", ".T", ".sum(axis=0)", ".dtype", ".size",
                     ".T.shape", ".mean()", ".max(axis=-1)", ".transpose()", ".flatten().shape",
                     "[0]", "[..., -1]", ".cumsum(axis=0)", ".T.ravel()", ".reshape(-1)[::5]",
                     ".swapaxes(0, -1)"])
    return f"x = arange({n})\nprint x.reshape({sizes}){last}"


def kind_cum(r):
    name = r.choice("cumsum sort unique argsort".split())
    # Equal elements may come in any order out of NumPy's argsort.
    style = "full" if name == "argsort" else r.choice(["fixed", "int"])
    if r.random() < 0.5:
        return f"print {name}({tensor(r, (r.randint(1, 9),), style)})"
    axis = r.choice(["axis=0", "axis=1", "axis=-1", "axis=none"])
    if name == "unique":
        flag = r.choice(["return_counts", "return_index", "return_inverse"])
        return f"v, c = unique({tensor(r, (r.randint(1, 9),), 'int')}, {flag}=true)\nprint v\nprint c"
    return f"print {name}({tensor(r, matrix_shape(r, 5), style)}, {axis})"


def kind_rand(r):
    n, m = r.randint(1, 6), r.randint(1, 6)
    call = r.choice([
        "rand()", "randn()", f"rand({n}, {m})", f"randn({n}, {m})", f"uniform(-1, 1, ({n}, {m}))",
        "uniform(-0.5, 0.5, 3)", "uniform(0, 1, 3) + randn(3)", f"normal(0.0, 784 ** -0.5, ({n}, {m}))",
        "randint(5)", f"randint(0, 10, {r.randint(1, 25)})", f"permutation({n + 1})",
        f"choice({n + 5}, {n}, replace=false)", f"choice({n + 4}, {m})", f"randint(-5, {n}, ({n}, {m}))",
        f"permutation(arange({n * 2}).reshape({n}, 2))", f"choice([1.5, 2.5, 7], {m})",
        f"choice(3, {m}, p=[0.2, 0.5, 0.3])", f"choice(4, 2, replace=false, p=[0.1, 0.2, 0.3, 0.4])",
        f"uniform(size={n})", f"normal(5, 2)", f"randn({n})", "uniform()", f"normal(size=({n}, 2))",
        f"uniform([0, 10], [1, 20])", f"sample(({n}, {m}))", f"randint({10 ** r.randint(1, 15)}, size=3)",
        f"randn(3).sum()", f"rand({n}).mean()",
    ])
    seed = r.choice([r.randint(0, 999), r.randint(0, 2**32 - 1)])
    return f"seed {seed}\nprint {call}\nprint {call}"


def kind_hist(r):
    return (f"seed {r.randint(0, 99)}\nh, edges = histogram(randn({r.randint(5, 60)}), "
            f"bins={r.choice([1, 2, 5, 7, 10])}{r.choice(['', ', range=(-1, 1)', ', density=true'])})"
            "\nprint h\nprint edges")


def kind_fstr(r):
    x = number(r, r.choice(["digits", "fixed", "large", "small", "full"]))
    spec = r.choice([".2%", ".3f", "+.1f", "<10.4g", ">10.1f", "", "8.2f", "e", ".3e", "g", ",.2f",
                     "010.3f", "^12.2f", "*>12.3f", " .2f", "=+9.1f", ".0f", "#.3g", "_.1f", "n",
                     ".10f", "E", "%", "12", ".3", "z.1f"])
    i = r.randint(-10**r.randint(0, 9), 10**r.randint(0, 9))
    word = r.choice(["abc", "é", "", "loss"])
    return r.choice([
        f'x = {x}\nprint f"{{x:{spec}}}|"', f'x = {x}\nprint f"{{int(x * 10):05d}}"',
        f'x = {x}\nprint f"epoch {{3}}/{{10}} {{x}}"',
        f'n = {i}\nprint f"{{n:{r.choice([",", "d", "x", "b", "o", "08d", "+", "_", ">12", "e", ".2f", "#x", "^9", "c"]) if i > 31 and i < 1000 else r.choice([",", "d", "08d", "+", ">12", ".2f", "_"])}}}|"',
        f'w = "{word}"\nprint f"{{w:{r.choice(["<8", ">8", "^8", ".2", "*^7", "s", ""])}}}|{{w!r}}"',
        f'x = [{x}, {x}]\nprint f"{{x}} {{x[0]:.2f}} {{x.sum():.3e}}"',
        f'x = {x}\nprint format(x, "{spec}"), str(x), x',
        f'x = {x}\nw = 12\nprint f"{{x:{{w}}.{{2}}f}}"',
    ])


def kind_scalar(r):
    a, b = number(r, r.choice(["int", "digits", "small", "large"])), number(r, "int")
    c = str(r.randint(1, 20))
    return "print " + r.choice([
        f"({a}) / {c}", f"({a}) // {c}", f"({a}) % {c}", f"({b}) % {c}", f"({b}) // {c}",
        f"2 ** {c}", f"({a}) * {b}", f"({a}) + {b}", f"({a}) - {b}", f"({a}) < {b}",
        f"not {a} > {b} or {a} == {a}", f"-({a}) - 0.1", f"{a}", f"{b} == {b}.0", f"{b} < {c} <= 30",
        f"({a}) ** 2", f"{c} ** 0.5", f"{c} ** -2", f"int({a})", f"float({b})", f"abs({a})",
        f"round({a}, {r.randint(0, 4)})", f"round({a})", f"max({a}, {b})", f"min({b}, {c})",
        f"1 / {c} + 1 / 3", f"{b} and {c}", f"{b} or {c}", f"({b} & 7) | {c}", f"{c} ^ 5", f"~{c}",
        f"sum([{a}, {b}])", f"mean([{a}, {b}])", f"exp({number(r, 'digits')})", f"sqrt({c})",
        f"{a} if {b} > 0 else {c}", f"bool({b})", f"str({a}) + 'x'", f"len([{a}, {b}])",
        f"[{a}, {b}][0]", f"({a}, {b})", f"1e{r.randint(-320, 308)}", f"{b} in [{b}, 3]",
        f"int('{b}') + 1", f"float('{a}')", f"({b}) // -{c}", f"({b}) % -{c}", f"({a}) % -0.7",
        f"({a}) // 0.3", f"1_000 * {c}", f"{c}.5 // 1", f"log({c})", f"power({c}, 2)",
    ])


def kind_element(r):
    """Elements keep their dtype: NumPy's scalars with plain numbers and with each other."""
    style = r.choice(["fixed", "int", "bool"])
    dtype = r.choice(["float64", "float32", "int64", "uint8", "bool"])
    if dtype == "uint8":
        style = r.choice(["bool", "int"])
    x = tensor(r, (4,), style)
    x = f"abs({x})" if dtype == "uint8" and style == "int" else x
    operator = r.choice("+ - * / ** // % < ==".split())
    right = r.choice(["2", "0.5", "x[1]", "true", "x.sum()", "x[::-1]"])
    if dtype == "bool" and operator in ("-", "**", "//", "%"):
        operator = "+"
    if operator == "**":
        right = "2"
    if dtype == "uint8" and operator == "-":
        right = "1"
    if operator in ("//", "%", "/") and right not in ("2", "0.5"):
        right = "2"
    # Sums of float32 are rounded in our own order, and NumPy's of uint8 are unsigned.
    if right == "x.sum()" and dtype in ("float32", "uint8"):
        right = "x.max()"
    last = r.choice([f"x[0] {operator} {right}", f"x {operator} {right}", f"(x {operator} {right}).dtype",
                     "x", "x.sum().dtype" if dtype != "uint8" else "x", "-x" if dtype != "bool" else "~x",
                     "x.max(), x.argmin()", "x.mean().dtype", "abs(x)",
                     "x.cumsum(), x.std(), x.sum()" if dtype not in ("float32", "uint8") else "x",
                     "sqrt(abs(x)).dtype" if dtype not in ("uint8", "bool") else "x",
                     "exp(x / 10)" if dtype not in ("uint8", "bool", "float32") else "x",
                     "x[0], x[1]", "x[::-1]"])
    return f"x = array({x}).astype({dtype})\nprint {last}"


def kind_prog(r):
    n, m, k = r.randint(-30, 30), r.randint(1, 30), r.randint(2, 6)
    return r.choice([
        f"def f(x, k=2):\n    if x < 0:\n        return -x\n    elif x == 0:\n        return 1\n"
        f"    else:\n        return x ** k\nprint(f({n}), f(0), f({m}), f(2, k={k}))",
        f"t = 0\nfor i in range({k}):\n    for j in range(i):\n        if j == 2:\n            break\n"
        f"        t += i * j + {n}\nprint(t)",
        f"n = {m}\nsteps = 0\nwhile n != 1:\n    n = n // 2 if n % 2 == 0 else 3 * n + 1\n"
        "    steps += 1\nprint(steps)",
        f"x = 1.0\nfor i in range(8):\n    x = x - (x * x - {m}) / (2 * x)\nprint(x)",
        f"g = lambda z: z * {n}\ndef twice(f, x):\n    return f(f(x))\n"
        f"print(twice(g, {k}), twice(lambda q: q + 1, 0.5))",
        f"def gcd(a, b):\n    return a if b == 0 else gcd(b, a % b)\nprint(gcd({m * k}, {m * 7}))",
        f"xs = [v * v for v in range({m}) if v % {k} == 1]\nprint len(xs), sum(xs)",
        f"total = 0\nfor a, b in zip([1, 2, 3], [{n}, {m}, {k}]):\n    total += a * b\nprint(total)",
        f"for i, v in enumerate(['a', 'b']):\n    print(i + {n}, v)",
        f"a, b = {n}, {m}\na, b = b, a + b\nprint(a, b)",
        f"def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib({r.randint(1, 15)}))",
        f"x = {tensor(r, (3, 3), 'fixed')}\nfor row in x:\n    print(row, row.sum())",
        f"x = {tensor(r, (4,), 'fixed')}\nw = zeros(4)\nfor i in range({k}):\n"
        f"    w = w - 0.1 * (w - x)\nprint(w)",
        f"x = {tensor(r, (2, 3), 'digits')}\nw = {tensor(r, (3, 2), 'digits')}\n"
        "print(1 / (1 + exp(-(x @ w))))",
        f"def f(n):\n    s = 0\n    i = 0\n    while true:\n        i += 1\n        if i > n:\n"
        f"            return s\n        if i % {k} == 0:\n            continue\n        s += i\nprint(f({m}))",
        f"s = ''\nfor c in 'hello':\n    s = c + s\nprint(s, len(s), 'ell' in s)",
        f"print({n} > 0 and {m} > 3, {n} or {m}, not {k}, 1 < {k} < 4)",
        f"def outer_(a):\n    def inner_(b):\n        return a * b\n    return inner_\nprint(outer_({n})({m}))",
    ])


def words(r, low=0):
    pool = ["a", "bc", "é", "loss", "it's", 'say "x"', "tab\\t", "", "A", "z9", "θ"]
    return "[" + ", ".join(repr(r.choice(pool)) for _ in range(r.randint(low, 5))) + "]"


def kind_list(r):
    """Lists of what does not stack: strings, and parts of different kinds."""
    i, j, step = r.randint(-5, 5), r.randint(-5, 5), r.choice([-2, -1, 1, 2])
    k = r.randint(0, 3)
    xs = r.choice([words(r, 1), f"['a', {number(r, 'int')}, {number(r, 'digits')}, true, none]",
                   f"['x', ['y', {number(r, 'int')}], ('z', 1.0)]"])
    last = r.choice([
        "xs", "xs[0]", "xs[-1]", f"xs[{i}:{j}]", f"xs[::{step}]", "len(xs)", "xs + ['q']",
        f"xs * {k}", "'a' in xs", "'a' not in xs", "(xs[0], len(xs))", "xs == xs",
        "[x for x in xs if x != 'a']", "list(enumerate(xs))", "list(zip(xs, range(9)))",
        "[(i, x) for i, x in enumerate(xs)]", "str(xs)", "f'{xs}'", "[str(x) + '!' for x in xs]",
    ])
    return f"xs = {xs}\n" + r.choice([
        f"print {last}", f"xs.append('n')\nprint xs, len(xs)", f"xs[0] = 'new'\nprint xs",
        f"ys = list(xs)\nys.append(1)\nprint(xs, ys)", f"for x in xs:\n    print(x, end=';')\nprint()",
        f"n = 0\nfor i, x in enumerate(xs):\n    n += i * len(str(x))\nprint n",
        f"def first(v):\n    return v[0]\nprint first(xs)",
        f"a, b = 'p', xs\nprint a, b",
        f"print [x for x in xs] == xs, (1, 'a') == (1, 'a'), ('a',), ()",
    ])


def kind_text(r):
    a, b = repr(r.choice(["hello", "loss", "é", "", "a b", "it's"])), repr(r.choice(["l", "o", "x"]))
    i, j, step = r.randint(-6, 6), r.randint(-6, 6), r.choice([-2, -1, 1, 2])
    return f"s = {a}\n" + r.choice([
        f"print s + {b}, s * {r.randint(-1, 3)}", f"print s[{i}:{j}], s[::{step}]", f"print {b} in s, len(s)",
        f"print s == {a}, s < {b}, s != {b}", f"print [s, {b}]", f"print (s, {b}, 1)", "print s",
        f"print f'{{s!r:>10}}|{{len(s):03d}}'", f"for c in s:\n    print c", f"print s and {b}, s or {b}, not s",
        f"print 'x' + str({number(r, 'digits')}) + str(true) + str(none)",
        f"t = \"\"\"two\nlines\"\"\"\nprint t", f"print(s, {b}, sep='-', end='.\\n')",
        f"t = s + {b}\ns = 'changed'\nprint(t, s)", f"print int('{r.randint(-99, 99)}') + len(s)",
    ])


def kind_net(r):
    name = r.choice("linear step sigmoid tanh arctan relu leaky_relu prelu elu softplus".split())
    # NumPy's tanh is off by a unit at 8.1 and 8.8, which 1 - tanh² shows.
    style = "digits" if name == "tanh" else r.choice(["fixed", "digits"])
    z = tensor(r, (r.randint(1, 4), r.randint(2, 5)), style)
    call = r.choice([f"softmax(z)", f"{name}(z)", f"{name}.derivative(z)", f"{name}(z[0, 0])",
                     f"{name}.derivative(z)[0]"])
    return f"z = {z}\nprint {call}"


def kind_stats(r):
    x = tensor(r, matrix_shape(r, 5), r.choice(["fixed", "full"]))
    last = r.choice([
        "(x - x.mean(axis=0)) / (x.std(axis=0) + 1)", "x / norm(x, axis=1, keepdims=true)",
        "(x ** 2).sum(axis=1) ** 0.5", "mean((x - 1) ** 2)", "abs(x).max()", "x.max() - x.min()",
        "(x == x.max(axis=1, keepdims=true)).astype(int64)", "sort(x.ravel())[::-1][:3]",
        "argsort(x[0])", "exp(x) / exp(x).sum(axis=1, keepdims=true)", "x.T @ x / len(x)",
        "where(x > 0, x, 0.01 * x)", "log(abs(x) + 1).mean()", "round(x.mean(), 3)",
        "eye(3)[[0, 2, 1]]", "argmax(x, axis=1) == 0", "mean(argmax(x, axis=1) == 0)",
        "x[x.argmax(axis=0), range(x.shape[1])]", "x.sum() / x.size", "x.reshape(-1, 1) * [1, 2]",
        "minimum(maximum(x, -1), 1)", "unique(sign(x))", "histogram(x, bins=3)[0]",
    ])
    return f"x = {x}\nprint {last}"


KINDS = {name[5:]: f for name, f in globals().items() if name.startswith("kind_")}
