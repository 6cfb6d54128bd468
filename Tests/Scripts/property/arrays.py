"""Random arrays to print: every dtype, rank 0 to 5, sizes to 3000, hostile values."""

import numpy as np

DTYPES = ["bool", "uint8", "int64", "float32", "float64", "float64"]
SPECIAL = [float("nan"), float("inf"), float("-inf"), -0.0, 0.0]


def shape(r):
    kind = r.randint(0, 9)
    if kind == 0:
        return ()
    if kind == 1:
        return (r.randint(0, 3000),)
    if kind == 2:
        sizes = [r.randint(0, 4) for _ in range(r.randint(1, 4))]
        sizes[r.randrange(len(sizes))] = 0
        return tuple(sizes)
    if kind == 3:
        return (r.randint(1, 60), r.randint(1, 50))
    if kind == 4:
        return tuple(r.randint(1, 14) for _ in range(3))
    if kind == 5:
        return tuple(r.randint(1, 7) for _ in range(4))
    if kind == 6:
        return tuple(r.randint(1, 5) for _ in range(5))
    if kind == 7:
        return r.choice([(1, 1001), (1001, 1), (2, 501), (7, 150), (150, 7), (10, 101), (2, 3, 200)])
    return tuple(r.randint(1, 6) for _ in range(r.randint(1, 3)))


def floats(r, count):
    """Values of one character, for the choice of format hangs on the mixture."""
    kind = r.randint(0, 11)
    draw = {
        0: lambda: round(r.uniform(-9, 9), r.randint(0, 3)),
        1: lambda: r.uniform(-1, 1),
        2: lambda: r.uniform(-1, 1) * 10.0 ** r.randint(-12, 12),
        3: lambda: float(r.randint(-1000, 1000)),
        4: lambda: r.uniform(-1, 1) * 10.0 ** r.randint(-320, 308),
        5: lambda: r.choice([1e8, 1e-5, 1.0, 99999999.5, 1e16, 1.5, 123456.789]),
        6: lambda: r.uniform(0.9, 1.1) * 1e-4,
        7: lambda: r.randint(-99, 99) * 0.25,
        8: lambda: float(f"{r.uniform(0, 10):.{r.randint(1, 9)}g}"),
        9: lambda: r.choice([0.1, 0.2, 0.3, 1e-300, 5e-324, 1.7976931348623157e308]),
        10: lambda: r.uniform(-1, 1) * 10.0 ** r.choice([0, 1, 2]),
        11: lambda: r.choice([999.9999999, 0.99999999999, 1000.0, 1000.5, 9.999999995]),
    }[kind]
    special = r.choice([0, 0, 0, 0.05, 0.3, 1])
    return [r.choice(SPECIAL) if r.random() < special else draw() for _ in range(count)]


def numbers(r, dtype, count):
    if dtype == "bool":
        return [r.choice(["true", "false"]) for _ in range(count)]
    if dtype == "uint8":
        return [str(r.randint(0, r.choice([9, 99, 255]))) for _ in range(count)]
    if dtype == "int64":
        size = r.randint(1, 18)
        return [str(r.randint(-(10**size), 10**size)) for _ in range(count)]
    values = floats(r, count)
    if dtype == "float32":
        # The nearest float32, written so that it reads back.
        with np.errstate(all="ignore"):
            values = [float(np.float32(v)) for v in values]
    return [repr(v) for v in values]


def program(r):
    dtype = r.choice(DTYPES)
    sizes = shape(r)
    count = int(np.prod(sizes))
    parts = numbers(r, dtype, count)
    literal = f"array([{', '.join(parts)}])" if parts else "zeros(0)"
    made = f"{literal}.astype({dtype}).reshape({tuple(sizes)})" if sizes else \
        f"array({literal}[0]).astype({dtype})"
    view = r.choice(["", "", "", ".T", "[::-1]"]) if len(sizes) > 0 else ""
    if r.random() < 0.15 and sizes:
        return f"x = {made}{view}\nprint [x, 'a']"
    return f"x = {made}{view}\nprint x"
