"""Writes the files in this folder, and what NumPy, Pillow, scikit-image, scikit-learn and Python's
csv module make of them, as NPY files and JSON.

    pip install numpy pillow scikit-image scikit-learn && python3 make_fixtures.py
"""
import csv
import gzip
import io
import json
import struct
from pathlib import Path

import numpy as np
from PIL import Image
from skimage.color import rgb2hsv
from sklearn.datasets import load_iris

here = Path(__file__).parent
random = np.random.RandomState(5)


def folder(name):
    path = here / name
    path.mkdir(exist_ok=True)
    return path


# NPY: every type we have, and those that widen; `as-*.npy` is what should come of it.
npy = folder("npy")
arrays = {
    "float64": random.randn(3, 4),
    "float32": random.randn(2, 3, 2).astype("f4"),
    "int64": random.randint(-9, 9, (5,)),
    "uint8": random.randint(0, 255, (2, 7)).astype("u1"),
    "bool": random.rand(4) > 0.5,
    "scalar": np.float64(2.5),
    "empty": np.zeros((0, 3)),
    "long": np.arange(1000.0),
    "special": np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324]),
}
for name, array in arrays.items():
    np.save(npy / f"{name}.npy", array)
(npy / "contents.json").write_text(
    json.dumps(
        [
            {"name": name, "dtype": np.asarray(a).dtype.name, "shape": list(np.shape(a)),
             "bits": np.asarray(a).tobytes().hex()}
            for name, a in arrays.items() if name != "long"
        ], indent=0) + "\n")
widened = {
    "int32": (random.randint(-99, 99, (3, 2)).astype("i4"), "i8"),
    "int16": (random.randint(-99, 99, 4).astype("i2"), "i8"),
    "int8": (random.randint(-99, 99, 4).astype("i1"), "i8"),
    "uint16": (random.randint(0, 60000, 4).astype("u2"), "i8"),
    "uint32": (np.array([0, 2**32 - 1], "u4"), "i8"),
    "uint64": (np.array([0, 2**63 - 1], "u8"), "i8"),
    "float16": (np.array([0.1, -65504, 6e-8, np.inf, np.nan], "f2"), "f4"),
    "big-float64": (random.randn(3).astype(">f8"), "f8"),
    "big-float32": (random.randn(3).astype(">f4"), "f4"),
    "big-int32": (random.randint(-99, 99, 4).astype(">i4"), "i8"),
    "fortran": (np.asfortranarray(random.randn(3, 4, 2)), "f8"),
}
for name, (array, dtype) in widened.items():
    np.save(npy / f"{name}.npy", array)
    np.save(npy / f"as-{name}.npy", np.ascontiguousarray(array.astype(dtype)))
with open(npy / "version2.npy", "wb") as file:
    np.lib.format.write_array(file, arrays["float64"], version=(2, 0))
with open(npy / "version3.npy", "wb") as file:
    np.lib.format.write_array(file, arrays["float64"], version=(3, 0))
np.save(npy / "as-version2.npy", arrays["float64"])
np.save(npy / "as-version3.npy", arrays["float64"])
refused = folder("refused")
np.save(refused / "object.npy", np.array([{}], dtype=object), allow_pickle=True)
np.save(refused / "text.npy", np.array(["a", "bc"]))
np.save(refused / "complex.npy", np.array([1j]))
np.save(refused / "records.npy", np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]))
np.save(refused / "uint64.npy", np.array([2**63], "u8"))
with open(refused / "two-arrays.npy", "wb") as file:
    np.save(file, np.arange(3))
    np.save(file, np.arange(2))

# NPZ.
npz = folder("npz")
weights = {"W1": random.randn(2, 3), "b1": np.zeros(3), "W2": random.randn(3, 2), "b2": np.ones(2)}
np.savez(npz / "stored.npz", **weights)
np.savez_compressed(npz / "deflated.npz", **weights)
np.savez(npz / "unnamed.npz", weights["W1"], weights["W2"])
for name, array in weights.items():
    np.save(npz / f"as-{name}.npy", array)

# IDX.
idx = folder("idx")
kinds = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}
to = {"u1": "u1", "i1": "i8", "i2": "i8", "i4": "i8", "f4": "f4", "f8": "f8"}
for kind, code in kinds.items():
    array = (random.rand(3, 2, 2) * 100).astype(kind)
    data = bytes([0, 0, code, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    data += array.astype(f">{kind}").tobytes()
    (idx / f"{kind}.idx").write_bytes(data)
    np.save(idx / f"as-{kind}.npy", array.astype(to[kind]))
packed = (idx / "u1.idx").read_bytes()
(idx / "packed.idx.gz").write_bytes(gzip.compress(packed, mtime=0))
# Two gzip streams behind each other are one file.
(idx / "members.idx.gz").write_bytes(
    gzip.compress(packed[:9], mtime=0) + gzip.compress(packed[9:], mtime=0))

# Pictures: smooth enough that JPEG has something to do, of odd sizes.
pictures = folder("pictures")
y, x = np.mgrid[0:21, 0:34]
color = np.stack([x * 7 % 256, y * 12 % 256, (x * y) % 256], -1).astype("u1")
color = ((color.astype(int) + random.randint(0, 40, color.shape)) % 256).astype("u1")
rgb, grey = Image.fromarray(color), Image.fromarray(color[..., 0])
rgb.save(pictures / "half.jpg", quality=80, subsampling="4:2:0")
rgb.save(pictures / "wide.jpg", quality=90, subsampling="4:2:2")
rgb.save(pictures / "full.jpg", quality=95, subsampling="4:4:4")
rgb.save(pictures / "progressive.jpg", quality=75, progressive=True)
grey.save(pictures / "grey.jpg", quality=85)
rgb.save(pictures / "rgb.png")
grey.save(pictures / "grey.png")
rgb.quantize(17).save(pictures / "palette.png")
grey.point(lambda v: 255 if v > 99 else 0).convert("1").save(pictures / "bits.png")
rgba = np.dstack([color, random.randint(0, 255, color.shape[:2])]).astype("u1")
Image.fromarray(rgba).save(pictures / "alpha.png")


def png(name, color_type, depth, rows, interlaced):
    """Kinds that Pillow does not write."""
    import zlib

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    height, width = rows.shape[:2]
    if interlaced:
        raw = b""
        for top, left, down, right in [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4),
                                       (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]:
            part = rows[top::down, left::right]
            if part.shape[1]:
                raw += b"".join(b"\0" + row.tobytes() for row in part)
    else:
        raw = b"".join(b"\0" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
    (pictures / name).write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 9))
        + chunk(b"IEND", b""))


png("interlaced.png", 2, 8, color, True)
wide = color.astype(">u2") * 256 + random.randint(0, 255, color.shape)
png("deep.png", 2, 16, wide.astype(">u2"), False)
for path in sorted(pictures.glob("*.jpg")) + sorted(pictures.glob("*.png")):
    image = Image.open(path)
    if path.stem == "deep":
        pixels = color
    elif image.mode in ("L", "1"):
        pixels = np.array(image.convert("L"))
    else:
        pixels = np.array(image.convert("RGB"))
    np.save(pictures / f"as-{path.name}.npy", pixels)
Image.fromarray(color).convert("CMYK").save(refused / "print.jpg")

# A folder for each class, in an order that only natural order gets right.
for name, value in [("cat/2.png", 20), ("cat/10.png", 100), ("dog/1.png", 7), ("dog/x.txt", 0)]:
    path = folder("classes") / name
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".txt":
        path.write_text("no picture\n")
    else:
        Image.fromarray(np.full((2, 3), value, "u1")).save(path)
uneven = folder("uneven")
Image.fromarray(np.zeros((2, 3), "u1")).save(uneven / "a.png")
Image.fromarray(np.zeros((3, 3), "u1")).save(uneven / "b.png")
mixed = folder("mixed")
Image.fromarray(np.full((2, 2), 9, "u1")).save(mixed / "a.png")
Image.fromarray(np.full((2, 2, 3), 5, "u1")).save(mixed / "b.png")

# Hue.
hue = folder("hue")
edge = np.array([[0, 0, 0], [9, 9, 9], [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0],
                 [0, 255, 255], [255, 0, 255], [255, 0, 1], [1, 2, 3]], "u1")
bytes_ = np.concatenate([edge, random.randint(0, 256, (490, 3)).astype("u1")]).reshape(25, 20, 3)
for name, pixels in [("uint8", bytes_), ("float64", random.rand(10, 9, 3)),
                     ("float32", random.rand(10, 9, 3).astype("f4"))]:
    np.save(hue / f"{name}.npy", pixels)
    np.save(hue / f"as-{name}.npy", np.ascontiguousarray(rgb2hsv(pixels)[..., 0]))

# Iris, as scikit-learn has it.
iris = load_iris()
with open(here / "iris.csv", "w") as file:
    file.write("sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),kind\n")
    for row, label in zip(iris.data, iris.target):
        file.write(",".join(f"{v:.1f}" for v in row) + f",{iris.target_names[label]}\n")

# CSV as Python's csv module reads it.
tables = [
    ("plain", "1,2\n3,4\n", None, []),
    ("header", "a,b\n1,2\n3,4\n", None, []),
    ("crlf", "a,b\r\n1,2\r\n3,4\r\n", None, []),
    ("no-end", "1,2\n3,4", None, []),
    ("bom", "\ufeffa,b\n1,2\n", None, []),
    ("quoted", '"a ""b""","c,d",kind\n"1",2,"x,\ny"\n3,4,z\n5,6,"x,\ny"\n', "kind", []),
    ("semicolons", "a;b\n1;2\n", None, []),
    ("tabs", "a\tb\n1\t2\n", None, []),
    ("spaces", "a , b\n 1 , 2 \n", None, []),
    ("labels", "w,kind\n1,pear\n2,apple\n3,pear\n4,Zebra\n", "kind", []),
    ("classes", "7,1\n3,0\n", 1, []),
    ("values", "7,1.5\n3,0\n", -1, []),
    ("dropped", "id,a,kind\nx,1,p\ny,2,q\n", "kind", ["id"]),
    ("missing", "a,b\n1,\n,4\n", None, []),
    ("signs", "-1e-3,+.5\n1E5,5.\ninf,-inf\n", None, []),
    ("blank", "a,b\n\n1,2\n\n\n3,4\n\n", None, []),
    ("one", "5\n6\n7\n", None, []),
    ("late-label", "1,1\n2,2\n3,two\n", 1, []),
    ("unicode", "größe,art\n1,Äpfel\n2,zwei\n", "art", []),
    ("digits", "0.1,123456789012345678\n2.2250738585072014e-308,9007199254740993\n", None, []),
]
cases = []
for name, text, target, drop in tables:
    body = text.removeprefix("\ufeff")
    first = body.splitlines()[0]
    mark = ";" if ";" in first else "\t" if "\t" in first else ","
    rows = [r for r in csv.reader(io.StringIO(body, newline=""), delimiter=mark) if r]
    rows = [[f.strip(" ") for f in row] for row in rows]

    def number(field):
        try:
            return float(field) if field else float("nan")
        except ValueError:
            return None

    is_header = all(number(f) is None for f in rows[0])
    names = rows.pop(0) if is_header else None
    count = len(rows[0])
    target_at = names.index(target) if isinstance(target, str) else target
    if target_at is not None:
        target_at %= count
    gone = {names.index(d) for d in drop} | ({target_at} if target_at is not None else set())
    kept = [i for i in range(count) if i not in gone]
    case = {"name": name, "text": text, "target": target, "drop": drop}
    case["x"] = [[float(number(r[i])).hex() for i in kept] for r in rows]
    case["features"] = [names[i] for i in kept] if names else None
    if target_at is not None:
        column = [r[target_at] for r in rows]
        if all(number(v) is not None for v in column):
            case["y"] = [float(v) for v in column]
        else:
            classes, y = np.unique(column, return_inverse=True)
            case["classes"], case["y"] = [str(c) for c in classes], [float(v) for v in y]
    cases.append(case)
(here / "tables.json").write_text(json.dumps(cases, indent=0, ensure_ascii=False) + "\n")
