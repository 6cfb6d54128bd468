"""Records what NumPy makes of tensors: tensor-*.json, read by TensorRecords.swift.

Run with NumPy 2.4 and mpmath 1.3: python3 make_tensor_cases.py
A case names a call, its arguments and the results, element for element as bits, or that NumPy
refuses. Where we depart from NumPy on purpose, `ours` says how:
- its float16, int8 and uint64 results are float64, int64 and int64 here;
- x ** 2 is x * x and x ** 0.5 is sqrt(x), whatever the shapes;
- a weak integer that does not fit uint8 is refused by `where`, too, where NumPy wraps it;
- a float that is not whole, or beyond the type's range, is not stored in an integer tensor;
- a number has no axis 0, and of negative lengths only -1 means "what is left";
- repeat refuses negative counts even of nothing.
"""
import base64
import json
import random
import warnings

import mpmath
import numpy as np

warnings.simplefilter("ignore")
NAMES = {"bool": "bool", "uint8": "uint8", "int64": "int64", "float32": "float32", "float64": "float64"}
DTYPES = ["bool", "uint8", "int64", "float32", "float64"]


class Weak:
    """A Python number."""

    def __init__(self, value):
        self.value = value


def tensor(x):
    x = np.asarray(x)
    assert x.dtype.name in NAMES, x.dtype
    data = base64.b64encode(np.ascontiguousarray(x).tobytes()).decode()
    return {"d": x.dtype.name, "s": list(x.shape), "b": data}


def hexbits(x):
    return f"{np.float64(x).view(np.uint64):x}"


def argument(x):
    if isinstance(x, Weak):
        if isinstance(x.value, bool):
            return {"weakBool": x.value}
        if isinstance(x.value, int):
            return {"weakInt": x.value}
        return {"weakFloat": hexbits(x.value)}
    if isinstance(x, np.generic):
        return {"scalar": tensor(x)}
    return {"tensor": tensor(x)}


def value(x):
    return x.value if isinstance(x, Weak) else x


def ours(x):
    """A result in the nearest dtype we have."""
    x = np.asarray(x)
    replaced = {"float16": "float64", "int8": "int64", "uint64": "int64"}
    return x.astype(replaced[x.dtype.name]) if x.dtype.name in replaced else x


class Cases:
    def __init__(self, name):
        self.name = name
        self.cases = []

    def add(self, call, args, compute, **more):
        case = {"call": call, "arguments": [argument(x) for x in args]}
        case.update(more)
        try:
            results = compute(*[value(x) for x in args])
            if not isinstance(results, (tuple, list)):
                results = [results]
            case["results"] = [tensor(ours(r)) for r in results]
        except (ValueError, TypeError, OverflowError, IndexError, ZeroDivisionError):
            pass
        self.cases.append(case)

    def write(self):
        with open(f"tensor-{self.name}.json", "w") as file:
            file.write("[" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in self.cases) + "]\n")
        print(self.name, len(self.cases))


SPECIAL = {
    "bool": [False, True],
    "uint8": [0, 1, 2, 3, 7, 128, 200, 255],
    "int64": [0, 1, -1, 2, -2, 3, 7, -7, 63, 2**31, -(2**31), 2**53 + 1, 2**63 - 1, -(2**63)],
    "float32": [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, 3.0, -3.7, 0.1, 1e-40, -1e-45, 1e30, -1e38,
                3.4e38, np.inf, -np.inf, np.nan],
    "float64": [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, 3.0, -3.7, 0.1, 1e-310, -5e-324, 1e200, -1e300,
                1.7e308, 9007199254740993.0, np.inf, -np.inf, np.nan],
}

BINARY = {
    "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "divide": np.true_divide,
    "floorDivide": np.floor_divide, "remainder": np.remainder, "power": np.power,
    "maximum": np.maximum, "minimum": np.minimum, "bitAnd": np.bitwise_and, "bitOr": np.bitwise_or,
    "bitXor": np.bitwise_xor, "equal": np.equal, "notEqual": np.not_equal, "less": np.less,
    "lessEqual": np.less_equal, "greater": np.greater, "greaterEqual": np.greater_equal,
}


def binary(name):
    f = BINARY[name]

    def compute(a, b):
        result = f(a, b)
        if result.dtype == np.int8:
            return f(np.asarray(a, np.int64), np.asarray(b, np.int64))
        if name == "power" and result.dtype.kind == "f":
            x, y = np.broadcast_arrays(np.asarray(a, result.dtype), np.asarray(b, result.dtype))
            return np.where(y == 2, x * x, np.where(y == 0.5, np.sqrt(x), result))
        if name in ("maximum", "minimum") and result.dtype.kind == "f":
            # Of equal zeros the right one, as NumPy gives on x86 whatever the layout.
            x, y = np.broadcast_arrays(np.asarray(a, result.dtype), np.asarray(b, result.dtype))
            return np.where((x == 0) & (y == 0), y, result)
        return result

    return compute


def binary_cases():
    cases = Cases("binary")
    rng = random.Random(1)
    for name in BINARY:
        more = {"ulps": 1} if name == "power" else {}
        for d in DTYPES:
            x = np.array(SPECIAL[d], d)
            cases.add("binary." + name, [x[:, None], x], binary(name), **more)
        for a in DTYPES:
            for b in DTYPES:
                if a == b:
                    continue
                x = np.array(rng.sample(SPECIAL[a] * 2, 4), a).reshape(2, 2)
                y = np.array(rng.sample(SPECIAL[b] * 2, 4), b)[:2]
                cases.add("binary." + name, [x, y], binary(name), **more)
        for d in DTYPES:
            x = np.array(SPECIAL[d], d)[1::2]
            weak = [0, 2, -1, 300, True, 0.5, 2.0, -1.5, 1e300, 2**40]
            for w in weak:
                cases.add("binary." + name, [x, Weak(w)], binary(name), **more)
            for w in weak[:6]:
                cases.add("binary." + name, [Weak(w), x], binary(name), **more)
            for s in (np.float32(0.1), np.int64(300), np.uint8(3), np.bool(True), np.float64(-2.5)):
                cases.add("binary." + name, [x, s], binary(name), **more)
        for a in (Weak(3), Weak(0.5), Weak(True), np.float32(1.5), np.uint8(7)):
            for b in (Weak(2), Weak(-0.25), Weak(False), np.int64(4), np.uint8(250)):
                cases.add("binary." + name, [a, b], binary(name), **more)
    for name in ("add", "less", "divide"):
        shapes = [((2, 3), (3,)), ((2, 3), (2, 1)), ((2, 1, 4), (3, 1)), ((), (2, 2)), ((1,), (3,)),
                  ((0, 3), (3,)), ((2, 0), (2, 1)), ((2, 3), (2,)), ((3, 1, 1, 2, 1), (2, 1, 2, 3)),
                  ((4, 1), (1, 4)), ((1, 1), (1,)), ((2, 3, 4, 5), (4, 1)), ((700,), (2, 1)),
                  ((3, 700), (3, 1)), ((2, 600), (600,))]
        for a, b in shapes:
            x = (np.arange(np.prod(a, dtype=int)) * 0.75 - 2).reshape(a)
            y = (np.arange(np.prod(b, dtype=int)) * 3 - 4).reshape(b)
            cases.add("binary." + name, [x, y], binary(name))
            cases.add("binary." + name, [y, x.astype(np.float32)], binary(name))
            cases.add("binary." + name, [x.T, x.T], binary(name))
    cases.write()


UNARY = {
    "negate": np.negative, "positive": np.positive, "invert": np.invert, "logicalNot": np.logical_not,
    "abs": np.absolute, "sign": np.sign, "sqrt": np.sqrt, "square": np.square, "floor": np.floor,
    "ceil": np.ceil, "isnan": np.isnan, "isfinite": np.isfinite, "exp": np.exp, "log": np.log,
    "log1p": np.log1p, "expm1": np.expm1, "sin": np.sin, "cos": np.cos, "tan": np.tan,
    "tanh": np.tanh, "arctan": np.arctan,
}
FUNCTIONS = ["exp", "log", "log1p", "expm1", "sin", "cos", "tan", "tanh", "arctan"]


def unary_cases():
    cases = Cases("unary")
    for name, f in UNARY.items():
        def compute(x):
            wide = name in FUNCTIONS + ["sqrt"] and x.dtype.kind not in "f"
            return f(x.astype(np.float64) if wide else x)
        more = {"ulps": 3} if name in FUNCTIONS else {}
        for d in DTYPES:
            x = np.array(SPECIAL[d], d)
            cases.add("unary." + name, [x], compute, **more)
            cases.add("unary." + name, [x[: len(x) // 2 * 2].reshape(2, -1).T], compute, **more)
        cases.add("unary." + name, [np.zeros((0, 3))], compute)
        cases.add("unary." + name, [np.array(1.5)], compute, **more)
    for d in DTYPES:
        x = np.array(SPECIAL[d], d)
        for decimals in (0, 1, 2, -1, -2, 5, 20, 400, -400):
            def rounded(x, decimals=decimals):
                wide = x.astype(np.float64) if x.dtype == bool else x
                return np.round(wide, decimals)
            cases.add("round", [x], rounded, ints=[decimals])
    x = np.array([0.5, 1.5, 2.5, -0.5, 2.675, 1.005, 15.0, 25.0, -35.0, 1234.5678, 0.045])
    for decimals in (0, 1, 2, 3, -1, -2):
        for d in ("float32", "float64", "int64"):
            cases.add("round", [x.astype(d)], lambda x: np.round(x, decimals), ints=[decimals])
    cases.write()


def function_cases():
    """Points of each function and its value to twice the precision, so that errors can be measured."""
    mpmath.mp.prec = 300
    rng = random.Random(7)

    def uniform(low, high, n):
        return [rng.uniform(low, high) for _ in range(n)]

    def spread(low, high, n):
        return [rng.choice((-1, 1)) * 2.0 ** rng.uniform(low, high) for _ in range(n)]

    near = [k * float(mpmath.pi / 2) for k in range(-8, 9)] + [float(mpmath.pi / 2 * 10**k) for k in range(1, 17)]
    near += [6381956970095103.0 * 2.0**797, 1e22, 2.0**1000, 1.7e308, 3e8, 2.0**28, -(2.0**29)]
    points = {
        "exp": uniform(-745, 709, 80) + uniform(-1, 1, 60) + spread(-40, -1, 30),
        "log": uniform(0.5, 2, 60) + [abs(x) for x in spread(-1070, 1020, 80)] + uniform(0.99, 1.01, 30),
        "log1p": uniform(-0.99, 3, 80) + spread(-60, -1, 60) + [abs(x) for x in spread(0, 1000, 30)],
        "expm1": uniform(-40, 700, 60) + uniform(-1, 1, 60) + spread(-60, -1, 50),
        "sin": uniform(-10, 10, 60) + spread(-40, 30, 60) + spread(30, 1000, 60) + near,
        "cos": uniform(-10, 10, 60) + spread(-40, 30, 60) + spread(30, 1000, 60) + near,
        "tan": uniform(-10, 10, 60) + spread(-40, 30, 60) + spread(30, 1000, 60) + near,
        "tanh": uniform(-20, 20, 60) + uniform(-1, 1, 60) + spread(-40, -1, 50),
        "arctan": uniform(-5, 5, 80) + spread(-40, 60, 80),
        "sigmoid": uniform(-40, 40, 80) + uniform(-1, 1, 40) + uniform(-740, -40, 30),
        "softplus": uniform(-40, 40, 80) + uniform(-1, 1, 40) + uniform(-740, -40, 30),
    }
    exact = {
        "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
        "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
        "arctan": mpmath.atan,
        "log1p": lambda x: mpmath.log(1 + x),
        "expm1": lambda x: mpmath.exp(x) - 1,
    }
    records = []
    for name, xs in points.items():
        f = exact.get(name) or getattr(mpmath, name)
        for d in ("float64", "float32"):
            with np.errstate(all="ignore"):
                inputs = np.array(xs).astype(d)
            limit = 1e308 if d == "float64" else 3e38
            inputs = inputs[np.isfinite(inputs)]
            kept, high, low = [], [], []
            mpmath.mp.prec = 2400 if name in ("sin", "cos", "tan", "log1p", "softplus") else 400
            for x in inputs:
                y = f(mpmath.mpf(float(x)))
                if name == "sigmoid" and y < np.finfo(d).tiny * 4:
                    continue  # 1 / (1 + exp(-x)) is 0 there, by definition
                if not mpmath.isfinite(y) or abs(y) > limit or (y == 0 and x != 0):
                    continue
                kept.append(x)
                high.append(float(y))
                low.append(float(y - mpmath.mpf(float(y))))
            records.append({"name": name, "x": tensor(np.array(kept, d)), "high": tensor(np.array(high)),
                            "low": tensor(np.array(low))})
    for d in ("float64", "float32"):
        mpmath.mp.prec = 400
        pairs = [(rng.uniform(0, 10), rng.uniform(-10, 10)) for _ in range(60)]
        pairs += [(rng.uniform(0.5, 2), rng.uniform(-700, 700)) for _ in range(60)]
        pairs += [(abs(spread(-1000, 1000, 1)[0]), rng.uniform(-1, 1)) for _ in range(60)]
        pairs += [(rng.uniform(0.99999, 1.00001), rng.uniform(-5e7, 5e7)) for _ in range(40)]
        pairs += [(-float(rng.randrange(1, 50)), float(rng.randrange(-9, 9))) for _ in range(40)]
        kept, high, low = [], [], []
        for x, y in pairs:
            with np.errstate(all="ignore"):
                x, y = np.array([x, y]).astype(d)
            if not np.isfinite(x) or x == 0 or y in (2, 0.5):
                continue
            z = mpmath.power(mpmath.mpf(float(x)), mpmath.mpf(float(y)))
            if abs(z) > (1e308 if d == "float64" else 3e38) or abs(z) < mpmath.mpf(2) ** -1080:
                continue
            kept.append((x, y))
            high.append(float(z))
            low.append(float(z - mpmath.mpf(float(z))))
        records.append({"name": "power", "x": tensor(np.array(kept, d).T.copy()),
                        "high": tensor(np.array(high)), "low": tensor(np.array(low))})
    with open("tensor-functions.json", "w") as file:
        file.write("[" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in records) + "]\n")
    print("functions", len(records))


REDUCE = {
    "sum": np.sum, "prod": np.prod, "mean": np.mean, "variance": np.var, "std": np.std, "min": np.min,
    "max": np.max, "argmin": np.argmin, "argmax": np.argmax, "all": np.all, "any": np.any,
    "countNonzero": np.count_nonzero,
}


def reduce_cases():
    cases = Cases("reduce")
    rng = np.random.default_rng(3)
    shapes = [(), (0,), (1,), (5,), (0, 3), (3, 0), (2, 3), (2, 3, 4), (2, 2, 1, 2, 2)]
    for name, f in list(REDUCE.items()) + [("norm", None)]:
        for shape in shapes:
            for d in DTYPES:
                x = rng.integers(0, 3 if name != "prod" else 4, shape).astype(d)
                if d.startswith("float"):
                    x = (x * 0.75 - 1).astype(d)
                if d == "int64":
                    x = x - 1
                axes = [None] + list(range(len(shape))) + [-1, len(shape), -len(shape) - 1]
                if name not in ("argmin", "argmax"):
                    axes += [(0, 1), (0, -1), (1, 0), (0, 2), (0, 0), (1, 2)]
                for axis in axes:
                    if d != "float64" and axis not in (None, 0, -1):
                        continue
                    if shape == () and axis in (0, -1) or len(shape) > 3 and d != "float64":
                        continue
                    for keep in (False, True):
                        if keep and d != "float64":
                            continue

                        def compute(x):
                            if f is None:
                                w = x if x.dtype.kind == "f" else x.astype(np.float64)
                                return np.sqrt(np.sum(w * w, axis=axis, keepdims=keep))
                            return f(x, axis=axis, keepdims=keep)

                        exact = name in ("min", "max", "argmin", "argmax", "all", "any", "countNonzero") or (
                            name in ("sum", "prod") and d in ("bool", "uint8", "int64"))
                        numbers = None if axis is None else [axis] if isinstance(axis, int) else list(axis)
                        cases.add("reduce." + name, [x], compute, axes=numbers, keep=keep,
                                  **({} if exact else {"ulps": 8}))
    special = np.array([[1.0, np.nan, 3.0], [2.0, -np.inf, np.nan], [np.inf, 0.0, -1.0], [4, 5, 5]])
    for name, f in REDUCE.items():
        for axis in (None, 0, 1):
            for d in ("float64", "float32"):
                cases.add("reduce." + name, [special.astype(d)], lambda x: f(x, axis=axis),
                          axes=None if axis is None else [axis], keep=False, ulps=8)
    for shape in [(), (4,), (2, 3), (2, 0), (3, 2, 2)]:
        for d in DTYPES:
            x = rng.integers(-3, 9, shape).astype(d) if d != "bool" else rng.integers(0, 2, shape).astype(d)
            for axis in [None] + list(range(-len(shape), len(shape) + (shape != ()))):
                cases.add("cumsum", [x], lambda x: np.cumsum(x, axis=axis), axes=None if axis is None else [axis])
    for shape in [(), (3,), (2, 4), (2, 3, 2), (0, 3), (3, 0)]:
        for d in ("float64", "float32", "int64"):
            def softmax(x):
                x = x if x.dtype.kind == "f" else x.astype(np.float64)
                if x.size == 0 or x.ndim == 0:
                    return np.ones_like(x)
                e = np.exp(x - x.max(axis=-1, keepdims=True))
                return e / e.sum(axis=-1, keepdims=True)
            cases.add("softmax", [rng.integers(-5, 9, shape).astype(d)], softmax, ulps=6)
    cases.write()


def product_cases():
    cases = Cases("product")
    rng = np.random.default_rng(4)
    shapes = [(), (3,), (4,), (2, 3), (3, 2), (3, 3), (0, 3), (3, 0), (1, 3), (5, 2, 3), (5, 3, 2), (1, 3, 2),
              (2, 5, 3, 4), (5, 4, 2), (2, 1, 3, 4)]
    for a in shapes:
        for b in shapes:
            x = rng.integers(-4, 5, a).astype(np.float64)
            y = rng.integers(-4, 5, b).astype(np.float64)
            cases.add("matmul", [x, y], np.matmul)
            cases.add("dot", [x, y], np.dot if a and b else np.multiply)
            if len(a) + len(b) < 4:
                cases.add("outer", [x, y], np.outer)
    for a in DTYPES:
        for b in DTYPES:
            x = rng.integers(0, 200, (3, 4)).astype(a)
            y = rng.integers(0, 200, (4, 2)).astype(b)
            cases.add("matmul", [x, y], np.matmul)
    cases.write()


def shape_cases():
    cases = Cases("shape")
    rng = random.Random(5)
    for shape in [(), (6,), (2, 3), (3, 2, 2), (1, 3, 1), (0, 2), (2, 1, 2, 3), (1,)]:
        x = np.arange(np.prod(shape, dtype=int)).reshape(shape)
        for target in [(6,), (-1,), (3, 2), (2, -1), (-1, -1), (4, -1), (), (1,), (1, 6, 1), (0,), (0, -1),
                       (2, 0), (12,), (2, 2, 3), (3, -1, 2), (-1, 1)]:
            cases.add("reshape", [x], lambda x: np.reshape(x, target), ints=list(target))
            cases.add("reshape", [x.T], lambda x: np.reshape(x, target), ints=list(target))
        cases.add("transpose", [x], np.transpose)
        axes = list(range(len(shape)))
        for _ in range(3):
            rng.shuffle(axes)
            order = [a - len(shape) if rng.random() < 0.3 else a for a in axes]
            cases.add("transpose", [x], lambda x: np.transpose(x, order), ints=list(order))
        for order in ([0], [0, 0], [0, 1], [1, 0], [0, 1, 5]):
            cases.add("transpose", [x], lambda x: np.transpose(x, order), ints=order)
        for a in (-2, 0, 1, 2):
            for b in (-1, 1, 3):
                cases.add("swapaxes", [x], lambda x: np.swapaxes(x, a, b), ints=[a, b])
        cases.add("squeeze", [x], np.squeeze)
        for a in range(-4, 5):
            if shape == () and a in (0, -1):
                continue
            cases.add("squeeze", [x], lambda x: np.squeeze(x, a), ints=[a])
            cases.add("expand", [x], lambda x: np.expand_dims(x, a), ints=[a])
        for target in [(6,), (2, 3), (4, 6), (2, 2, 3), (3, 3, 2, 2), (), (1, 1), (0, 2), (5, 1, 3, 4)]:
            cases.add("broadcast", [x], lambda x: np.broadcast_to(x, target), ints=list(target))
        for counts in ([2], [0], [1, 2], [-1], [3, 0, 1], [1] * 6, [2, 2]):
            for axis in (None, 0, -1, 1):
                if shape == () and axis in (0, -1) or x.size == 0 and counts == [-1]:
                    continue
                cases.add("repeat", [x], lambda x: np.repeat(x, counts, axis=axis), ints=counts,
                          axes=None if axis is None else [axis])
        for times in ([2], [0], [], [1, 2], [2, 1, 2], [3, 1, 1, 2], [-1]):
            cases.add("tile", [x], lambda x: np.tile(x, times), ints=times)
    a, b, c = np.arange(6).reshape(2, 3), np.arange(3.0), np.ones((1, 3), np.uint8)
    for parts in ([a, a], [a, c], [c, a, a], [a, b], [b, b], [a], [a.T, a.T], [np.float64(1)], [a, np.zeros((0, 3))],
                  [b > 1, b > 0], [np.float32([1]), np.int64([2])], [a, a.T]):
        for axis in (None, 0, 1, -1, 2, -3):
            numbers = None if axis is None else [axis]
            parts = [np.asarray(p) for p in parts]
            cases.add("concatenate", parts, lambda *p: np.concatenate(p, axis=axis), axes=numbers)
            if axis is not None:
                cases.add("stack", parts, lambda *p: np.stack(p, axis=axis), axes=numbers)
    cases.write()


def making_cases():
    cases = Cases("making")
    W = Weak
    ranges = [(0, 5, 1), (5, 0, -1), (0, 5, -1), (0, 10, 3), (10, 0, -3), (0, 0, 1), (2, 7, 2), (0, 5, 0), (-3, 3, 1),
              (0, 1, 0.1), (0.0, 1.0, 0.3), (1, 0, -0.25), (0, 1.5, 0.5), (0.5, 3, 1), (0, 5.0, 1), (1e-3, 1e-2, 1e-3),
              (0, 1, -0.1), (0.1, 0.4, 0.1), (-1, 1, 0.2), (0, 2**62, 2**61), (float("nan"), 1, 1),
              (True, 4, 1)]
    for a, b, c in ranges:
        for d in (None, "float64", "float32", "int64", "uint8"):
            cases.add("arange", [W(a), W(b), W(c)], lambda a, b, c: np.arange(a, b, c, dtype=d), dtype=d)
    cases.add("arange", [np.float32(0), np.float32(1), np.float32(0.1)], np.arange)
    cases.add("arange", [np.uint8(0), np.uint8(4), np.uint8(1)], lambda a, b, c: np.arange(int(a), int(b), int(c)))
    for a, b, n in [(0, 1, 5), (0, 1, 1), (0, 1, 0), (0, 1, -1), (-6, 6, 100), (1, 0, 3), (2, 2, 4), (0, 5e-324, 3),
                    (0.1, 0.7, 7), (1e300, -1e300, 4), (0, np.inf, 3), (-1.5, 1e-9, 11)]:
        cases.add("linspace", [W(float(a)), W(float(b))], lambda a, b: np.linspace(a, b, n), ints=[n])
    for n, m, k in [(3, 3, 0), (2, 4, 1), (4, 2, -1), (3, 3, 5), (3, 3, -5), (0, 2, 0), (-1, 2, 0)]:
        for d in DTYPES:
            cases.add("eye", [], lambda: np.eye(n, m, k, dtype=d), ints=[n, m, k], dtype=d)
    cases.write()


def search_cases():
    cases = Cases("search")
    rng = np.random.default_rng(6)
    for shape in [(), (0,), (1,), (7,), (3, 4), (2, 0), (2, 3, 3), (200,), (3, 40)]:
        for d in DTYPES:
            x = rng.integers(0, 6, shape).astype(d)
            if d.startswith("float") and x.size > 3:
                x.flat[1], x.flat[3] = np.nan, -0.0
                x = -x
            for axis in [None, -1, 0, 1, 2]:
                if shape == () and axis in (0, -1) or x.size > 100 and d not in ("float64", "int64"):
                    continue
                numbers = None if axis is None else [axis]
                cases.add("sort", [x], lambda x: np.sort(x, axis=axis, kind="stable"), axes=numbers)
                cases.add("argsort", [x], lambda x: np.argsort(x, axis=axis, kind="stable"), axes=numbers)
            if len(shape) < 3:
                def unique(x):
                    return np.unique(x, return_index=True, return_inverse=True, return_counts=True)
                cases.add("unique", [x], unique)
                cases.add("nonzero", [x], np.nonzero)
    u, f, b = np.array([1, 2, 250], np.uint8), np.array([1.5, np.nan, -0.0], np.float32), np.array([True, False, True])
    i, d = np.array([3, -4, 5]), np.array([[0.25], [-1.0]])
    for condition in (b, b[:, None], np.array(True), d > 0, i):
        for x in (u, f, i, d, Weak(1), Weak(1.5), Weak(True), np.float32(2), np.float64(3)):
            for y in (b, f, d, Weak(0), Weak(300), Weak(0.5), np.zeros(2)):
                def where(x, y):
                    if isinstance(y, int) and y == 300 and getattr(x, "dtype", None) == np.uint8:
                        raise OverflowError
                    return np.where(condition, x, y)
                cases.add("where", [x, y], where, condition=tensor(condition))
    for x in (u, f, i, d, b, np.array([-1, 300]), np.array([-0.0, 0.0])):
        for low in (None, Weak(0), Weak(-1), Weak(0.5), Weak(300), np.float64(1), np.array([1.0, 2, 3]), np.float32([1.5, np.nan, 0]),
                    Weak(2)):
            for high in (None, Weak(1), Weak(300), Weak(-5), Weak(2.5), np.array([[2], [200]])):
                if low is None and high is None:
                    continue
                if low is None or high is None:
                    x = x + x.dtype.type(0)  # NumPy's sign of zero depends on the vector unit then
                given = [v for v in (low, high) if v is not None]

                def clip(x, *_):
                    return np.clip(x, None if low is None else value(low), None if high is None else value(high))
                cases.add("clip", [x] + given, clip, ints=[int(low is not None), int(high is not None)])
    values = [rng.normal(0, 1, 200), rng.integers(0, 50, 300), rng.integers(0, 256, 300).astype(np.uint8),
              rng.normal(5, 2, 200).astype(np.float32), np.array([]), np.array([3.0]), np.array([1.0, 1.0]),
              np.round(rng.normal(0, 1, 100), 1), np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]),
              np.array([1.0, np.nan]), np.array([0.0, np.inf]), np.float32([0.1, 0.1]), np.array([[1, 2], [3, 4]])]
    for x in values:
        for bins in (1, 3, 10, 40, 0):
            cases.add("histogram", [x], lambda x: np.histogram(x, bins), ints=[bins])
            for low, high in ((-1.0, 2.5), (0.0, 256.0), (2.0, 1.0), (0.1, 0.7), (1.0, 1.0), (0.0, np.inf)):
                if bins == 40:
                    continue
                cases.add("histogram", [x, Weak(low), Weak(high)], lambda x, a, b: np.histogram(x, bins, (a, b)),
                          ints=[bins])
        for edges in (np.array([0.0, 1.0, 2.0]), np.array([0, 1, 1, 5]), np.array([1.0, 0.0]), np.array([2.0]),
                      np.array([]), np.array([0.1, 0.3, 0.5])):
            if edges.size == 0:
                continue
            cases.add("edges", [x, edges], np.histogram)
    cases.write()


# Indexing: random programs.


def index_item(item):
    if isinstance(item, slice):
        return {"slice": [item.start, item.stop, item.step]}
    if item is Ellipsis:
        return {"ellipsis": True}
    if item is None:
        return {"newAxis": True}
    if isinstance(item, (int, np.integer)):
        return {"integer": int(item)}
    return {"tensor": tensor(item)}


def random_index(rng, shape):
    items, axis = [], 0
    style = rng.random()
    while axis < len(shape):
        n = shape[axis]
        kind = rng.random()
        if kind < 0.25:
            items.append(rng.randrange(-n - (rng.random() < 0.03), n + (rng.random() < 0.03) or 1) if n else 0)
        elif kind < 0.55 or style < 0.4:
            def bound():
                return rng.choice([None, rng.randrange(-n - 2, n + 3)])
            items.append(slice(bound(), bound(), rng.choice([None, 1, 2, -1, -2, 3, 0 if rng.random() < 0.1 else None])))
        elif kind < 0.75:
            size = rng.choice([(), (1,), (2,), (3,), (2, 1), (2, 2), (0,)])
            low, high = (-n, n) if n else (0, 1)
            count = int(np.prod(size, dtype=int))
            index = np.array([rng.randrange(low, high) for _ in range(count)], np.int64).reshape(size)
            if rng.random() < 0.1 and n:
                index = abs(index).astype(np.uint8)
            items.append(index)
        elif kind < 0.85:
            width = rng.choice([1, 1, 2]) if axis + 1 < len(shape) else 1
            mask_shape = shape[axis:axis + width]
            count = int(np.prod(mask_shape, dtype=int))
            mask = np.array([rng.random() < 0.5 for _ in range(count)], bool).reshape(mask_shape)
            if rng.random() < 0.04:
                mask = np.append(mask, True)
            items.append(mask)
            axis += width - 1
        elif kind < 0.9:
            items.append(Ellipsis)
            axis += rng.randrange(0, len(shape) - axis)
            continue
        elif kind < 0.95:
            items.append(None)
            continue
        else:
            break
        axis += 1
    if rng.random() < 0.05:
        items.append(rng.choice([None, Ellipsis, 0, np.array(True), np.array(False), np.array([0.0])]))
    return items


def index_cases():
    cases = Cases("index")
    rng = random.Random(8)
    shapes = [(), (3,), (0,), (2, 3), (3, 1), (4, 0), (2, 3, 2), (3, 2, 4), (1, 2, 1, 3), (2, 3, 2, 2), (2, 1, 2, 1, 2)]
    for _ in range(1200):
        shape = rng.choice(shapes)
        x = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(rng.choice(["int64", "float64", "uint8", "float32"]))
        items = random_index(rng, shape)
        axes = list(range(len(shape)))
        rng.shuffle(axes)
        view = rng.random() < 0.4
        if view:
            items = random_index(rng, tuple(shape[a] for a in axes))

        def compute(x):
            y = x.transpose(axes) if view else x
            return y[tuple(items)]
        cases.add("index", [x], compute, index=[index_item(i) for i in items], axes=axes if view else None)
    cases.write()
    cases = Cases("assign")
    for _ in range(1200):
        shape = rng.choice(shapes)
        d = rng.choice(["int64", "float64", "uint8", "float32", "bool"])
        x = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(d)
        axes = list(range(len(shape)))
        rng.shuffle(axes)
        view = rng.random() < 0.3
        seen = tuple(shape[a] for a in axes) if view else shape
        items = random_index(rng, seen)
        try:
            target = np.zeros(seen)[tuple(items)].shape
        except (IndexError, ValueError):
            target = ()
        kind = rng.random()
        if kind < 0.35:
            v = rng.choice([Weak(7), Weak(2.0), Weak(True), np.float32(3), np.int64(300), Weak(-1), Weak(300)])
        else:
            size = [n if rng.random() < 0.8 else 1 for n in target]
            if rng.random() < 0.3:
                size = size[rng.randrange(0, len(size) + 1):]
            if rng.random() < 0.1:
                size = [1] + size
            if rng.random() < 0.05:
                size = size + [2]
            v = (np.arange(np.prod(size, dtype=int)) + 100).reshape(size)
            v = v.astype(rng.choice(["int64", "float64", "uint8", "float32"]))
        if 0 in target and any(isinstance(i, np.ndarray) and i.dtype != bool for i in items):
            continue  # NumPy does not look at places that nothing goes to
        is_mask = len(items) == 1 and getattr(items[0], "dtype", None) == bool
        if isinstance(v, np.ndarray) and v.ndim > (1 if is_mask else len(target)):
            if target == () or is_mask:
                continue  # NumPy refuses here the axes of length 1 in front that it takes elsewhere
        op = rng.choice([None, None, None, "add", "multiply", "subtract"])

        def compute(x, v):
            y = (x.transpose(axes) if view else x).copy()
            if isinstance(v, np.floating) and y.dtype.kind in "iu" and not op:
                v = int(v)
            if op:
                v = BINARY[op](y[tuple(items)], v)
                if y.dtype == np.uint8 and np.asarray(v).dtype.kind == "f" and (np.asarray(v) > 255).any():
                    raise OverflowError
                if y.dtype == np.uint8 and np.asarray(v).dtype.kind == "f" and (np.asarray(v) < 0).any():
                    raise OverflowError
            elif y.dtype == np.uint8 and isinstance(v, np.ndarray) and v.dtype.kind == "f" and (v > 255).any():
                raise OverflowError
            y[tuple(items)] = v
            return y
        cases.add("assign", [x, v], compute, index=[index_item(i) for i in items], axes=axes if view else None,
                  **({"operation": op} if op else {}))
    cases.write()


if __name__ == "__main__":
    binary_cases()
    unary_cases()
    function_cases()
    reduce_cases()
    product_cases()
    shape_cases()
    making_cases()
    search_cases()
    index_cases()
