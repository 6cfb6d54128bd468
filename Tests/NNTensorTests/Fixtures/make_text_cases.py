"""Records what NumPy and Python print: text-print.json, text-numbers.json, text-format.json.

Run with NumPy 2.4: python3 make_text_cases.py
Thousands of arrays and numbers are made by a small generator that TextGenerator.swift repeats, so
that the files need only hold a hash of each text; a few hundred cases are there in full.
"""
import json
import random
import struct

import numpy as np

MASK = 2**64 - 1


def fnv(text):
    """FNV-1a over UTF-8, 64 bits, as hex."""
    value = 14695981039346656037
    for byte in text.encode():
        value = (value ^ byte) * 1099511628211 & MASK
    return f"{value:016x}"


class Words:
    """SplitMix64 (Steele, Lea and Flood): the same words in Swift."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        return z ^ z >> 31

    def below(self, count):
        return self.next() % count


SPECIALS = [
    0.0, -0.0, 1.0, -1.0, 0.5, float("nan"), float("inf"), float("-inf"), 1e-300, 2.5e20,
    123456.789, 1e8, 99999999.0, 1e-4, 9.9e-5, 1000.0, 1e16, 5e-324, 0.1, -3.0,
]


def number(words, kind):
    """One float64 of a kind; every step is exact or one correctly rounded division."""
    word = words.next()
    if kind == 0:  # any bits
        return struct.unpack("<d", struct.pack("<Q", word))[0]
    if kind == 1:  # a few decimals
        return ((word >> 8) % 20001 - 10000) / 10 ** (word % 5)
    if kind == 2:  # many decimals
        return ((word >> 8) % (1 << 50) - (1 << 49)) / 10 ** (word % 5 + 12)
    if kind == 3:  # magnitudes far apart
        return ((word >> 16) % 2000001 - 1000000) / 10 ** (word % 23)
    if kind == 4:
        return SPECIALS[word % len(SPECIALS)]
    if kind == 5:  # powers of two
        return struct.unpack("<d", struct.pack("<Q", (word % 280 + 884) << 52))[0]
    if kind == 6:  # whole numbers
        return float((word >> 8) % (1 << word % 40 + 1))
    return ((word >> 8) % 1000) / 7.0  # thirds and sevenths


DTYPES = ["float64", "float64", "float64", "float32", "float32", "int64", "uint8", "bool"]


def lengths(words):
    kind = words.below(12)
    if kind == 0:
        return [words.below(1500)]
    if kind == 1:
        return [words.below(60) + 1, words.below(60) + 1]
    if kind == 2:
        return [words.below(9) + 1 for _ in range(4)]
    if kind == 3:
        return [words.below(4) for _ in range(words.below(4) + 1)]
    if kind < 7:
        return [words.below(24) + 1]
    if kind < 10:
        return [words.below(6) + 1, words.below(9) + 1]
    return [words.below(3) + 1 for _ in range(words.below(6))]


def array(words):
    dtype = DTYPES[words.below(len(DTYPES))]
    shape = lengths(words)
    count = int(np.prod(shape, dtype=int))
    kind = words.below(8)
    if dtype.startswith("float"):
        values = [number(words, kind) for _ in range(count)]
        if words.below(8) == 0 and count:
            place = words.below(count)
            values[place] = SPECIALS[words.below(len(SPECIALS))]
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            return np.array(values, np.float64).astype(dtype).reshape(shape)
    span = [2, 10, 256, 1 << 20, MASK][words.below(5)]
    values = np.array([words.next() % span for _ in range(count)], np.uint64)
    if dtype == "int64":
        values = values.view(np.int64)
        return (values if span == MASK else values - span // 2).reshape(shape)
    return (values % 256 if dtype == "uint8" else values % 2 == 1).astype(dtype).reshape(shape)


def text_of(value):
    return "nan" if value != value else repr(value)


def full_print_cases():
    """Arrays to be read: literal values, the text in full."""
    f = "float64"
    cases = [
        (f, [3], [0.1, 0.2, 0.30000000000000004]), (f, [2], [-6.0, 0.7]), (f, [1], [np.nan]),
        (f, [4], [-np.inf, np.nan, np.inf, 1.5]), (f, [2], [-np.inf, np.nan]), (f, [0], []),
        (f, [0, 3], []), (f, [3, 0], []), (f, [], [0.1]), (f, [], [1e16]), (f, [], [-0.0]),
        (f, [5], [0.0, 123456.789, 2.5e20, 1e-300, -0.0]), (f, [2], [1e8, 1.0]),
        (f, [2], [99999999.0, 99999.0]), (f, [2], [1.0, 1000.0]), (f, [2], [1.0, 1000.5]),
        (f, [2], [1e-4, 0.1]), (f, [2], [9.9e-5, 0.05]), (f, [3], [1 / 3, 2 / 3, 100 / 3]),
        (f, [2], [5e-324, 1.2345678]), (f, [1], [0.999999999]), (f, [1], [2.0000000049]),
        (f, [2], [1.5e300, -1.5e-300]), (f, [2, 2, 1], [1.0, -2.5, 3.25, 4.0]),
        ("float32", [3], [0.1, 0.2, 0.3]), ("float32", [2], [0.1, 1.2345678e-5]),
        ("float32", [1], [1e6]), ("float32", [1], [999999.0]), ("float32", [], [0.1]),
        ("float32", [], [1e6]), ("float32", [], [123456.7]), ("float32", [], [16777216.0]),
        ("float32", [2], [2.0**-96, 1.0]), ("float32", [2], [2.0**87, 1.2345678]),
        ("int64", [3], [1, -20, 300]), ("int64", [2], [-(2**63), 2**63 - 1]), ("int64", [], [7]),
        ("uint8", [3], [0, 7, 255]), ("bool", [2], [1, 0]), ("bool", [], [1]), ("bool", [1], [0]),
        ("bool", [2, 2], [1, 0, 0, 1]), ("int64", [999], list(range(999))),
        ("int64", [1001], list(range(1001))), ("int64", [2, 501], list(range(1002))),
        ("int64", [501, 2], list(range(1002))), ("int64", [2, 3, 7, 25], list(range(1050))),
        ("int64", [7, 7, 7, 7], list(range(2401))), (f, [34, 30], [k / 7 for k in range(1020)]),
        ("int64", [1, 2, 1, 2, 1], [1, 2, 3, 4]), (f, [30], [k / 8 for k in range(30)]),
    ]
    result = []
    for dtype, shape, values in cases:
        text = str(np.array(values, dtype).reshape(shape))
        ordinal = values == list(range(len(values))) and len(values) > 20
        stored = "range" if ordinal else [text_of(float(value)) for value in values]
        if dtype == "int64" and not ordinal:
            stored = [str(value) for value in values]
        result.append({"dtype": dtype, "shape": shape, "values": stored, "text": text})
    return result


def print_cases():
    hashes = []
    for seed in range(800):
        hashes.append(fnv(str(array(Words(seed)))))
    return {"hashes": hashes, "full": full_print_cases()}


def number_cases():
    doubles, floats, strings = [], [], []
    for seed in range(400):
        words = Words(seed)
        values = [number(words, words.below(8)) for _ in range(25)]
        doubles.append(fnv(" ".join(repr(value) for value in values)))
        with np.errstate(over="ignore", under="ignore"):
            floats.append(fnv(" ".join(str(np.float32(value)) for value in values)))
    pick = random.Random(1)
    letters = [chr(code) for code in range(1, 0x180)] + ["'", '"', "\\", "\n", "\t", "\r"] * 12
    letters += [chr(code) for code in (0x300, 0x200B, 0x2028, 0xFEFF, 0xE000, 0x1F642, 0x10FFFF)]
    for _ in range(300):
        text = "".join(pick.choice(letters) for _ in range(pick.randint(0, 7)))
        strings.append([text, repr(text)])
    literal = [
        0.0, -0.0, 1.0, 0.1, 1e-11, 1e16, 9999999999999998.0, 1e-4, 9.999e-5, 1e22, 1e23, 5e-324,
        1.7976931348623157e308, 0.1 + 0.2, 2.0**-44, 123456789012345680.0, 1e100, -2.5,
        float("inf"), float("-inf"), float("nan"),
    ]
    rounded = []
    for value, digits in [(2.675, 2), (2.5, 0), (0.5, 0), (1.005, 2), (-0.4, 0), (1234.5, -2),
                          (1250.0, -2), (5e-324, 323), (1e300, -300), (8.5e307, -308), (0.15, 1),
                          (1.25, 1), (float("inf"), 1), (123.456, 400), (123.456, -400)]:
        rounded.append([repr(value), digits, repr(round(value, digits))])
    words = Words(7)
    for _ in range(300):
        value, digits = number(words, words.below(4)), words.below(12) - 3
        if value == value and abs(value) < 1e300:
            rounded.append([repr(value), digits, repr(round(value, digits))])
    return {
        "doubles": doubles, "floats": floats, "strings": strings,
        "literal": [[text_of(value), repr(value)] for value in literal], "rounded": rounded,
    }


def random_spec(pick):
    spec = ""
    if pick.random() < 0.4:
        spec += pick.choice(["", "*", "0", " ", "é", "<", "🙂"]) + pick.choice("<>^=")
    if pick.random() < 0.3:
        spec += pick.choice("+- ")
    spec += "z" * (pick.random() < 0.1) + "#" * (pick.random() < 0.2)
    spec += "0" * (pick.random() < 0.25)
    if pick.random() < 0.6:
        spec += str(pick.choice([1, 3, 5, 8, 10, 15, 24]))
    if pick.random() < 0.25:
        spec += pick.choice(",_")
    if pick.random() < 0.55:
        spec += "." + str(pick.choice([0, 1, 2, 3, 4, 6, 8, 10, 17, 20, 30]))
    if pick.random() < 0.85:
        spec += pick.choice("bcdeEfFgGnosxX%fffeegd%")
    return spec + "y" * (pick.random() < 0.01)


def format_cases():
    """[kind, value, spec, text], the text null where Python raises a ValueError."""
    pick = random.Random(2)
    cases = []
    floats = [0.0, -0.0, float("nan"), float("inf"), float("-inf"), 0.5, 1.5, 2.5, -0.5, 0.05,
              -0.04, 1e16, 1e15, 9999999.5, 1e-4, 1e-5, 123456789.0, 5e-324, 0.125, 99999.5,
              1.7976931348623157e308, 999999.5, 2.675, 1e22]
    integers = [0, 1, -1, 65, 97, 1114111, 1114112, 55296, 2**63 - 1, -(2**63), 1234567, -999]
    fixed = [
        ("float", 0.05324, ".2%"), ("float", -2.46452, ".3f"), ("float", -0.39076, "<10.4g"),
        ("int", -2, "05d"), ("float", 0.487, "e"), ("float", -1.38, "8.2f"), ("int", 1234, "08,"),
        ("int", 1234, "010,"), ("float", 1234.5, "012,.2f"), ("float", 1e5, ".3"), ("int", 5, ""),
        ("float", 123.0, ".3"), ("float", 0.0, "#g"), ("float", 1e20, "#"), ("float", 3.0, ""),
        ("float", float("inf"), "010"), ("float", -0.001, "z.1f"), ("int", 255, "#_b"),
        ("int", 255, "#06x"), ("int", 65, "5c"), ("bool", True, ""), ("bool", True, "5"),
        ("str", "abc", ".2"), ("str", "abc", "05"), ("str", "abc", "^9"), ("str", "abc", "d"),
        ("float", 1.0, "d"), ("float", 0.1, ".60f"), ("float", 5e-324, ".1100f"),
        ("float", 1.5, "."), ("int", 5, ".2d"), ("int", 5, ",_"), ("int", 5, "_,"),
        ("int", 5, ",x"), ("str", "a", "+"), ("str", "a", "=5"), ("str", "a", "#"),
        ("str", "a", ","), ("int", 5, "+c"), ("int", 5, "#c"), ("int", 5, "zd"), ("int", 5, "ff"),
    ]
    for kind, value, spec in fixed:
        cases.append((kind, value, spec))
    for _ in range(1600):
        kind = pick.choice(["int", "float", "float", "float", "bool", "str"])
        if kind == "float":
            value = pick.choice(floats) if pick.random() < 0.3 else round(
                pick.gauss(0, 1) * 10.0 ** pick.randint(-7, 12), pick.randint(0, 9))
        elif kind == "int":
            value = pick.choice(integers + [pick.randint(-10**9, 10**9)])
        elif kind == "bool":
            value = pick.random() < 0.5
        else:
            value = pick.choice(["", "a", "hello", "ünï", "🙂🙂", "it's"])
        cases.append((kind, value, random_spec(pick)))
    result = []
    for kind, value, spec in cases:
        try:
            text = format(value, spec)
        except (ValueError, OverflowError):
            text = None
        if text is not None and any(0xD800 <= ord(letter) < 0xE000 for letter in text):
            text = None
        stored = text_of(value) if kind == "float" else str(value)
        result.append([kind, stored, spec, text])
    return result


def write(name, cases):
    with open(name, "w", encoding="utf-8") as file:
        json.dump(cases, file, ensure_ascii=True, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    write("text-print.json", print_cases())
    write("text-numbers.json", number_cases())
    write("text-format.json", format_cases())
