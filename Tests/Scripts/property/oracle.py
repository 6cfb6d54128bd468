"""What Python and NumPy make of an nn program.

An nn program is nearly Python. What differs is put in place on Python's own syntax tree: a bracket
literal becomes an array where its elements stack, `x[i] = v` and `xs.append(v)` bind a changed
copy (values do not alias), `x.f(a)` is `f(x, a)`, plain integers overflow, and `print` writes an
element of an array as its value. Everything else is Python's and NumPy's own doing.
"""

import ast
import builtins
import io
import math
import re
import warnings

import numpy as np

NUMBERS = (bool, int, float)
np.seterr(all="ignore")
warnings.simplefilter("ignore")


class Unpromised(Exception):
    """What no two machines need agree on, such as a huge float made a uint8."""


class Departure(Exception):
    """Where nn fails and says so, and Python goes on: integer overflow and the like."""


# MARK: Values


def bracket(items):
    """A bracket literal: an array where the elements stack, else a list."""
    return stacked(items) if items and shape_of(items) is not None else items


def shape_of(value):
    """The shape of what is a number all through and rectangular, else None."""
    if isinstance(value, (*NUMBERS, np.generic)):
        return ()
    if isinstance(value, np.ndarray):
        return value.shape
    if isinstance(value, (list, tuple, range)):
        shapes = {shape_of(v) for v in value}
        if not shapes:
            return (0,)
        if len(shapes) > 1 or None in shapes:
            return None
        return (len(value), *shapes.pop())
    return None


def stacked(items):
    result = np.array(items)
    if result.dtype == np.uint64 or result.dtype == object:
        raise Departure("an integer beyond int64")
    return result


def checked(value):
    """A plain integer beyond 64 bits is an error in nn."""
    if type(value) is int and not -(2**63) <= value < 2**63:
        raise Departure("integer overflow")
    if type(value) is complex:
        raise Departure("complex")
    return value


def itself(value):
    """Tensors take part in arithmetic as arrays; a number stays what it is."""
    if isinstance(value, range):
        return np.array(value, dtype=np.int64)
    return value


def text(value):
    return value if isinstance(value, str) else representation(value)


def representation(value):
    if isinstance(value, np.ndarray):
        return str(value)
    if isinstance(value, np.generic):
        return str(value)
    if isinstance(value, np.dtype):
        return value.name
    if isinstance(value, type) and issubclass(value, np.generic):
        return np.dtype(value).name
    if isinstance(value, list):
        return "[" + ", ".join(item(v) for v in value) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(item(v) for v in value) + ("," if len(value) == 1 else "") + ")"
    return repr(value)


def item(value):
    return repr(value) if isinstance(value, np.ndarray) else representation(value)


def formatted(value, conversion, spec):
    if conversion == ord("r"):
        return format(item(value), spec)
    if conversion == ord("s"):
        return format(text(value), spec)
    if isinstance(value, (*NUMBERS, np.generic, str)):
        return format(value, spec)
    if spec:
        raise TypeError("unsupported format string")
    return text(value)


# MARK: Operations

BINARY = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b, ast.FloorDiv: lambda a, b: a // b, ast.Mod: lambda a, b: a % b,
    ast.Pow: lambda a, b: a**b, ast.MatMult: lambda a, b: a @ b, ast.BitAnd: lambda a, b: a & b,
    ast.BitOr: lambda a, b: a | b, ast.BitXor: lambda a, b: a ^ b,
}
BINARY = {kind.__name__: operation for kind, operation in BINARY.items()}
UNARY = {"USub": lambda a: -a, "UAdd": lambda a: +a, "Invert": lambda a: ~a, "Not": lambda a: not a}
INPLACE = {"Add": np.add, "Sub": np.subtract, "Mult": np.multiply, "Div": np.divide}


def beside(value, other):
    """A list of numbers beside a number or a tensor is a tensor."""
    if isinstance(value, list) and not isinstance(other, (list, tuple, str, type(None))):
        return stacked(value) if value and shape_of(value) is not None else value
    return itself(value)


def binary(name, a, b):
    repeats = name == "Mult" and int in (type(a), type(b))
    if not repeats:
        a, b = beside(a, b), beside(b, a)
    a, b = itself(a), itself(b)
    if name == "Pow" and type(a) is int and type(b) is int and abs(a) > 1 and b > 64:
        raise Departure("integer overflow")
    if name == "Mod" and isinstance(a, str):
        raise Departure("no % of strings")
    if name == "Mult" and isinstance(a, (str, list)) and type(b) is bool:
        raise Departure("repeated by a bool")
    return widened(checked(BINARY[name](a, b)))


def widened(value):
    """nn has no int8, which NumPy makes of some arithmetic on bools."""
    if getattr(value, "dtype", None) == np.int8:
        return value.astype(np.int64)
    return value


def unary(name, a):
    return checked(UNARY[name](itself(a)))


def augmented(name, a, b):
    """`a += b` for the new value of a; NumPy's casting rule holds for an array."""
    if isinstance(a, np.ndarray):
        result = a.copy()
        return INPLACE[name](result, itself(b), out=result)
    return binary(name, a, b)


def with_item(value, index, new):
    if isinstance(value, (tuple, *NUMBERS, np.generic)) or getattr(value, "ndim", 1) == 0:
        raise TypeError("no elements to assign")
    if isinstance(value, list) and isinstance(index, slice):
        raise Departure("a list's part is not assigned")
    if isinstance(value, np.ndarray) and np.ndim(new) > 0 and is_element(value, index):
        raise TypeError("an element takes a number")
    result = value.copy()
    if isinstance(result, np.ndarray):
        stores_fractions(result, new)
    result[index] = itself(new)
    return result


def is_element(value, index):
    parts = index if isinstance(index, tuple) else (index,)
    return len(parts) == value.ndim and all(
        isinstance(part, (int, np.integer)) and not isinstance(part, bool) for part in parts)


def compared(name, a, b):
    """A text beside a tensor is no element of it: one answer."""
    if isinstance(a, str) != isinstance(b, str):
        return name == "NotEq"
    a, b = beside(a, b), beside(b, a)
    return a == b if name == "Eq" else a != b


def stores_fractions(target, value):
    """A float that is not whole does not go into an integer tensor."""
    value = np.asarray(itself(value))
    if target.dtype.kind in "biu" and value.dtype.kind == "f":
        if not np.all(np.isfinite(value) & (value == np.floor(value))):
            raise Departure("a fraction into integers")
        limits = {"uint8": (0, 255)}.get(target.dtype.name, (-(2.0**63), 2.0**63))
        if np.any(value < limits[0]) or np.any(value > limits[1]):
            raise Departure("beyond the integers")


def appended(value, new):
    if isinstance(value, np.ndarray):
        return [*value, new]
    if isinstance(value, list):
        return value + [new]
    raise TypeError("append")


def field(value, name):
    return getattr(np.asarray(value), name) if shape_of(value) is not None else getattr(value, name)


def item_at(value, index):
    if isinstance(value, range) and not isinstance(index, (int, slice)):
        value = itself(value)
    if isinstance(value, list) and not isinstance(index, (int, slice, np.integer)):
        value = beside(value, 0)
    if isinstance(value, (np.ndarray, np.generic)) and value.ndim == 0:
        raise TypeError("a number has no elements")
    return plain(itself(value[index]))


def plain(value):
    """An array without axes is a number in nn."""
    return value[()] if isinstance(value, np.ndarray) and value.ndim == 0 else value


def contains(container, value):
    """One answer for elements of any kind."""
    if isinstance(container, (list, tuple)):
        return any(equal(v, value) for v in container)
    return value in itself(container)


def equal(a, b):
    if isinstance(a, (list, tuple)) and type(a) is type(b):
        return len(a) == len(b) and all(equal(x, y) for x, y in zip(a, b))
    if isinstance(a, str) or isinstance(b, str) or a is None or b is None:
        return a is b or (type(a) is type(b) and a == b)
    if shape_of(a) is None or shape_of(b) is None:
        return a is b
    return np.array_equal(a, b)


def converted(x, dtype):
    x = np.asarray(itself(x))
    limit = {"uint8": 2.0**31, "int64": 2.0**63}.get(np.dtype(dtype).name)
    if limit and x.dtype.kind == "f" and not np.all(np.abs(x) < limit):
        raise Unpromised("a float beyond the integers")
    return x.astype(dtype)


# MARK: The tree


def call(name, *arguments):
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


class Translator(ast.NodeTransformer):
    def visit_Constant(self, node):
        checked(node.value)
        return node

    def visit_List(self, node):
        self.generic_visit(node)
        return call("bracket_", node) if isinstance(node.ctx, ast.Load) else node

    def visit_ListComp(self, node):
        self.generic_visit(node)
        return call("bracket_", node)

    def visit_Compare(self, node):
        self.generic_visit(node)
        if len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            found = call("contains_", node.comparators[0], node.left)
            return found if isinstance(node.ops[0], ast.In) else ast.UnaryOp(ast.Not(), found)
        if len(node.ops) == 1 and isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
            name = ast.Constant(type(node.ops[0]).__name__)
            return call("compared_", name, node.left, node.comparators[0])
        return node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        return call("binary_", ast.Constant(type(node.op).__name__), node.left, node.right)

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
            return node
        self.generic_visit(node)
        return call("unary_", ast.Constant(type(node.op).__name__), node.operand)

    def visit_Attribute(self, node):
        self.generic_visit(node)
        return call("field_", node.value, ast.Constant(node.attr))

    def visit_Subscript(self, node):
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load):
            return call("item_", node.value, self.index(node.slice))
        return node

    @staticmethod
    def index(node):
        """An index in brackets as an expression: slices become calls."""

        def one(part):
            if isinstance(part, ast.Slice):
                bounds = [b or ast.Constant(None) for b in (part.lower, part.upper, part.step)]
                return call("slice_", *bounds)
            return part

        if isinstance(node, ast.Tuple):
            return ast.Tuple([one(part) for part in node.elts], ast.Load())
        return one(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute) and node.func.attr != "derivative":
            # A built-in first, then a function of the program.
            name = node.func.attr
            found = ast.IfExp(
                ast.Constant(name in FUNCTIONS), ast.Name(name + "_builtin", ast.Load()),
                ast.Name(name, ast.Load()))
            node = ast.Call(found, [node.func.value, *node.args], node.keywords)
        elif isinstance(node.func, ast.Attribute):
            node.func.value.id += "_derivative"
            node.func = node.func.value
        self.generic_visit(node)
        return node

    def visit_JoinedStr(self, node):
        parts = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts.append(part)
            else:
                spec = self.visit(part.format_spec) if part.format_spec else ast.Constant("")
                parts.append(call(
                    "formatted_", self.visit(part.value), ast.Constant(part.conversion), spec))
        return call("joined_", *parts)

    def visit_Expr(self, node):
        value = node.value
        if (isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute)
                and value.func.attr == "append" and isinstance(value.func.value, ast.Name)):
            name = value.func.value.id
            new = call("appended_", ast.Name(name, ast.Load()), self.visit(value.args[0]))
            return ast.Assign([ast.Name(name, ast.Store())], new)
        return self.generic_visit(node)

    def visit_Assign(self, node):
        value = self.visit(node.value)
        return self.stored(node.targets[0], value)

    def visit_AugAssign(self, node):
        name = ast.Constant(type(node.op).__name__)
        old = self.visit(self.loaded(node.target))
        return self.stored(node.target, call("augmented_", name, old, self.visit(node.value)))

    def stored(self, target, value):
        while isinstance(target, ast.Subscript):
            owner = self.visit(self.loaded(target.value))
            value = call("with_item_", owner, self.index(self.visit(target.slice)), value)
            target = target.value
            target.ctx = ast.Store()
        return ast.Assign([target], value)

    @staticmethod
    def loaded(node):
        return ast.parse(ast.unparse(node), mode="eval").body


def commands(program):
    """Commands written as calls."""
    program = re.sub(r"^( *)print (?![=\[]=)(.*)$", command_call, program, flags=re.M)
    return re.sub(r"^( *)seed (.*)$", r"\1seed(\2)", program, flags=re.M)


def command_call(match):
    operands = re.sub(r" (sep|end)=", r", \1=", match[2])
    return f"{match[1]}print({operands})"


def translated(program):
    tree = ast.parse(commands(program))
    return ast.fix_missing_locations(Translator().visit(tree))


# MARK: Names


def list_(*values):
    if len(values) == 1 and not isinstance(values[0], (*NUMBERS, np.generic, type(None))):
        return list(values[0])
    return list(values)


def absolute(x):
    return checked(builtins.abs(x)) if isinstance(x, NUMBERS) else np.abs(itself(x))


def rounded(a, decimals=None):
    if isinstance(a, (*NUMBERS, np.generic)):
        return checked(builtins.round(a) if decimals is None else builtins.round(a, decimals))
    return np.round(a, decimals or 0)


def extreme(ours, theirs):
    def function(a, *rest, **options):
        if isinstance(a, (*NUMBERS, np.generic)) and rest:
            return theirs(a, *rest)
        return ours(a, *rest, **options)
    return function


def flat_sizes(function):
    return lambda x, *rest: function(np.asarray(x), *rest)


def integer(x=0):
    return checked(int(x))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    x = np.asarray(x)
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def leaky(slope):
    def value(x):
        return np.where(x > 0, x, slope * x)
    return value, lambda x: np.where(x > 0, 1.0, slope)


ACTIVATIONS = {
    "linear": (lambda x: x, np.ones_like),
    "step": (lambda x: np.where(np.isnan(x), x, (x > 0).astype(x.dtype)), np.zeros_like),
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x))),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    "arctan": (np.arctan, lambda x: 1 / (1 + x * x)),
    "relu": (lambda x: np.where((x > 0) | np.isnan(x), x, 0.0), lambda x: np.where(x > 0, 1.0, 0.0)),
    "leaky_relu": leaky(0.01), "prelu": leaky(0.25),
    "elu": (lambda x: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
            lambda x: np.where(x > 0, 1.0, np.exp(np.minimum(x, 0)))),
    "softplus": (lambda x: np.log1p(np.exp(-np.abs(x))) + np.maximum(x, 0), sigmoid),
}


def on_floats(function):
    def result(x):
        x = np.asarray(x)
        return function(x if x.dtype == np.float32 else x.astype(float))[()]
    return result


def in_float64(function):
    """nn has no float16, which is what NumPy makes of uint8 and bool here."""

    def result(x):
        x = itself(x)
        small = np.asarray(x).dtype in (np.uint8, np.bool_) and not isinstance(x, bool)
        return function(np.asarray(x, dtype=float)[()] if small or type(x) is bool else x)
    return result


def array(x, dtype=None):
    return np.array(itself(x)) if dtype is None else converted(x, dtype).copy()


def where(condition, *choices):
    types = [c.dtype for c in choices if isinstance(c, (np.ndarray, np.generic))]
    if types == [np.uint8] and any(type(c) is int and not 0 <= c < 256 for c in choices):
        raise Departure("an integer beyond uint8")
    return np.where(condition, *choices)


def one_hot(labels, classes=None):
    labels = np.asarray(labels)
    return np.eye(labels.max() + 1 if classes is None else classes)[labels]


def of_numbers(function):
    """nn's tensors hold no strings."""

    def result(*arguments, **options):
        made = plain(function(*arguments, **options))
        for part in made if isinstance(made, tuple) else (made,):
            if isinstance(part, (np.ndarray, np.generic)) and part.dtype.kind in "USO":
                raise Departure("a tensor of strings")
        if getattr(made, "dtype", None) == np.uint64:
            # nn has one kind of 64-bit integers, and sums of uint8 are of it.
            made = made.astype(np.int64)
        return made
    return result


NUMPY = """
zeros ones full zeros_like ones_like eye arange linspace stack concatenate append repeat tile
ravel swapaxes squeeze expand_dims shape sign floor ceil
clip maximum minimum multiply power sum prod mean std var argmin argmax all any cumsum nonzero
argsort sort unique isnan isfinite count_nonzero histogram isclose allclose array_equal dot matmul
outer pi e inf nan uint8 int64 float32 float64
""".split()
MATHS = "sqrt exp log log1p expm1 sin cos tan".split()
RANDOM = "rand randn uniform normal randint permutation choice sample seed".split()

FUNCTIONS = {name: getattr(np, name) for name in NUMPY}
FUNCTIONS |= {name: in_float64(getattr(np, name)) for name in MATHS}
FUNCTIONS |= {name: getattr(np.random, name) for name in RANDOM}
FUNCTIONS |= {
    "abs": absolute, "round": rounded, "norm": np.linalg.norm, "list": list_, "int": integer,
    "max": extreme(np.max, builtins.max), "min": extreme(np.min, builtins.min),
    "array": array, "where": where, "range": range, "zip": zip, "enumerate": enumerate, "len": len, "float": float, "bool": bool,
    "str": text, "format": lambda x, spec="": formatted(x, -1, spec),
    "astype": converted,
    "flatten": lambda a: np.asarray(a).flatten(),
    "reshape": flat_sizes(lambda x, *sizes: x.reshape(*sizes)),
    "transpose": flat_sizes(lambda x, *axes: x.transpose(*axes)),
    "square": lambda x: np.square(x if np.asarray(x).dtype != bool else np.int64(x)),
    "softmax": softmax, "one_hot": one_hot,
    "mse": lambda p, t: np.mean((np.asarray(p) - t) ** 2),
    "half_mse": lambda p, t: np.mean((np.asarray(p) - t) ** 2) / 2,
    "accuracy": lambda t, p: np.mean(np.asarray(t) == np.asarray(p)),
}
FUNCTIONS = {name: f if isinstance(f, type) else of_numbers(f) if callable(f) else f
             for name, f in FUNCTIONS.items() if name not in ("str", "format", "len", "list")} | {
    name: FUNCTIONS[name] for name in ("str", "format", "len", "list")}
FUNCTIONS |= {name: on_floats(pair[0]) for name, pair in ACTIVATIONS.items()}


def zipped(*sequences):
    return list(zip(*sequences))


def names(out):
    """The names a program finds there; `out` takes what it prints."""

    def show(*values, sep=" ", end="\n"):
        out.write(sep.join(text(v) for v in values) + end)

    space = dict(FUNCTIONS)
    space |= {name + "_builtin": function for name, function in FUNCTIONS.items()}
    space |= {name + "_derivative": on_floats(pair[1]) for name, pair in ACTIVATIONS.items()}
    space |= {
        "__builtins__": {"__build_class__": None, "AssertionError": AssertionError},
        "true": True, "false": False, "none": None, "print": show,
        "zip": zipped, "enumerate": lambda xs, start=0: list(enumerate(xs, start)),
        "bracket_": bracket, "binary_": binary, "unary_": unary, "augmented_": augmented,
        "with_item_": with_item, "appended_": appended, "field_": field, "item_": item_at,
        "contains_": contains, "compared_": compared,
        "formatted_": formatted, "joined_": lambda *parts: "".join(parts), "slice_": slice,
    }
    return space


# MARK: Running


def run(program):
    """What the program prints, and the exception that ended it, if any did."""
    out = io.StringIO()
    np.random.seed(0)
    try:
        exec(compile(translated(program), "<nn>", "exec"), names(out))
    except Exception as error:
        return out.getvalue(), error
    return out.getvalue(), None


# MARK: Comparing

# Functions whose last digit may be another one: sums have a documented order of their own, and
# exp, log and the like an error bound, not NumPy's bits.
APPROXIMATE = re.compile(
    r"\b(sum|prod|mean|std|var|norm|cumsum|exp|expm1|log|log1p|sin|cos|tan|tanh|arctan|sigmoid|"
    r"softmax|softplus|elu|power|dot|matmul|outer|mse|half_mse|linspace|histogram|rand\w*|uniform|"
    r"normal|sample|choice)\b|@|\*\*")
# Which of 0 and -0 is the larger one, or the first, depends on the lanes of NumPy's loop.
ZERO_SIGN = re.compile(r"\b(max|min|sort|unique|clip)\b")
WORD = re.compile(r"[^\s\[\](),'\"|=:{}]+|[\[\](),'\"|=:{}]")


def same(program, expected, found):
    if expected == found:
        return True
    if not APPROXIMATE.search(program) and not ZERO_SIGN.search(program):
        return False
    a, b = WORD.findall(expected), WORD.findall(found)
    if len(a) != len(b):
        return False
    largest = max((abs(x) for x in map(finite, a) if x is not None), default=0)
    if not APPROXIMATE.search(program):
        return all(x == y or finite(x) == finite(y) == 0 for x, y in zip(a, b))
    scale = 1e8 if "float32" in program else 1
    return all(x == y or near(x, y, largest, scale) for x, y in zip(a, b))


def finite(word):
    try:
        value = float(word.rstrip("."))  # A sentence's end is no part of its last number.
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def is_rounded(word):
    return re.fullmatch(r"-?\d+\.\d{8}", word) is not None


def near(a, b, largest, scale):
    x, y = finite(a), finite(b)
    if x is None or y is None:
        return False
    # What is left of a cancelling sum is as uncertain as the largest number beside it.
    if is_rounded(a) and is_rounded(b):
        # An array's eighth decimal, on whose edge a sum's last digit may lie.
        return abs(x - y) <= 1.01e-8
    return abs(x - y) <= scale * max(1e-13 * max(abs(x), abs(y)), 1e-14 * largest)


def is_unsteady(program, output, error):
    """Whether the program's own answer changes when such functions change by a unit in the last
    place, so that it hangs on digits that nothing promises."""
    if not APPROXIMATE.search(program):
        return False
    kept = dict(FUNCTIONS)
    kept_matmul = BINARY["MatMult"], BINARY["Pow"]
    try:
        for direction in (1, -1, 2, 3, -3, 4, -4):
            for name, function in kept.items():
                if callable(function) and APPROXIMATE.fullmatch(name) and name != "seed":
                    FUNCTIONS[name] = nudged(function, direction)
            BINARY["MatMult"] = nudged(kept_matmul[0], direction)
            BINARY["Pow"] = nudged(kept_matmul[1], direction)
            again, failure = run(program)
            if (failure is None) != (error is None) or not same(program, output, again):
                return True
    finally:
        FUNCTIONS.update(kept)
        BINARY["MatMult"], BINARY["Pow"] = kept_matmul
    return False


def nudged(function, direction):
    def result(*arguments, **options):
        return moved(function(*arguments, **options), direction)
    return result


def moved(value, direction):
    if isinstance(value, tuple):
        return tuple(moved(v, direction) for v in value)
    if isinstance(value, (np.ndarray, np.floating)) and value.dtype.kind == "f":
        if direction == 2 and isinstance(value, np.ndarray):
            # Every other element up, the rest down.
            up = np.arange(value.size).reshape(value.shape) % 2 == 0
            return np.where(up, np.nextafter(value, np.inf), np.nextafter(value, -np.inf)).astype(
                value.dtype)
        if abs(direction) == 4:
            # A sum that cancels is off by its terms' last digits, many of its own.
            return (value * (1 + direction * 1e-14)).astype(value.dtype)
        for _ in range(abs(direction)):
            value = np.nextafter(value, value.dtype.type(np.inf * (1 if direction > 0 else -1)))
    return value
