"""`train` beside NumPy and PyTorch, its memory, and one product beside OpenBLAS."""
import importlib.util
import json
import os
import subprocess
import sys

from . import contest
from .report import Row, Share

# name, title, samples, epochs of ours (short, long), of a peer's turn, targets: float64 and float32
# against NumPy's float64, then against PyTorch of the same precision.
SHAPES = [
    ("fashion", "Fashion, 5000 x 784-128-10, an epoch", 5000, (2, 42), 12, (2.2, 4.8), 1.6),
    ("digits", "digits, 42000 x 784-16-10, an iteration", 42000, (2, 22), 6, (2.5, 4.0), 2.0),
]
DTYPES = ("float64", "float32")


def installed(library):
    return importlib.util.find_spec(library) is not None


def write_samples(folder, samples):
    import numpy

    random = numpy.random.RandomState(4)
    numpy.save(os.path.join(folder, "x.npy"),
               random.randint(0, 256, (samples, 784)).astype(numpy.uint8))
    numpy.save(os.path.join(folder, "y.npy"), random.randint(0, 10, samples))


def training(nnbook, folder, threads, turns):
    """The rows of whole batches."""
    rows = []
    for name, title, samples, (short, long), epochs, targets, against_torch in SHAPES:
        write_samples(folder, samples)
        ours = []
        for dtype in DTYPES:
            file = contest.program(f"train-{name}", folder, dtype=dtype)
            ours.append(contest.Growth(lambda n: [nnbook, "eval", file(n)], short, long, 1))
        names = ["numpy-rows float64", "numpy-columns float64"]
        if installed("torch"):
            names += [f"torch {dtype}" for dtype in DTYPES]
        peers = [contest.Peer(folder, name, *one.split(), epochs, threads) for one in names]
        times = contest.medians(ours + peers, turns)
        for peer in peers:
            peer.end()
        taken = dict(zip(names, times[2:]))
        numpy_name, numpy_time = min(
            (("NumPy float64, samples as " + layout, taken[f"numpy-{layout} float64"])
             for layout in ("rows", "columns")), key=lambda one: one[1])
        for dtype, mine, target in zip(DTYPES, times, targets):
            rows.append(Row(f"{title}, {dtype}", mine, numpy_name, numpy_time, target))
        for dtype, mine in zip(DTYPES, times):
            rows.append(Row(f"{title}, {dtype}", mine, f"PyTorch {dtype}",
                            taken.get(f"torch {dtype}"), against_torch))
    return rows


def letters(nnbook, folder, turns):
    file = contest.program("train-letters", folder)
    python = os.path.join(contest.PROGRAMS, "letters.py")
    times = contest.medians([
        contest.Growth(lambda n: [nnbook, "eval", file(n)], 100, 100_100, 100),
        contest.Growth(lambda n: [sys.executable, python, str(n)], 100, 5_100, 100)], turns)
    return Row("letters, 100 epochs of 3 samples, train", times[0], "NumPy by hand", times[1], 25)


def machine(threads, turns):
    """The kernels' path, the peaks in GFLOP/s, and one product, as `product.py` finds them."""
    result = subprocess.run(
        [sys.executable, "-m", "measure.product", str(turns), str(threads)], check=True,
        cwd=os.path.dirname(contest.HERE), stdout=subprocess.PIPE)
    return json.loads(result.stdout)


def product(found):
    rows = []
    for dtype, one in found["products"].items():
        title = f"(5000 x 784) @ (784 x 128), {dtype}, 1 thread"
        rows.append(Row(title, one["ours"], "OpenBLAS", one["theirs"], 1.4))
        share = one["share"] * 100
        rows.append(Share(f"{title}, of the peak", share, 80, "%", share >= 80))
    return rows


def memory(nnbook, folder):
    """The most that the process of a training holds at once, with 60000 images of bytes."""
    write_samples(folder, 60000)
    most = 60000 * 784 / 1e6 + 64
    rows = []
    for dtype in DTYPES:
        path = contest.program("train-memory", folder, dtype=dtype)(0)
        script = os.path.join(contest.ROOT, "Scripts", "peak-memory")
        result = subprocess.run(
            [sys.executable, script, nnbook, "eval", path], check=True, stdout=subprocess.PIPE)
        held = int(result.stdout) / 1e6
        rows.append(Share(
            f"memory of train on 60000 x 784 bytes, {dtype}", held, most, "MB", held <= most))
    return rows
