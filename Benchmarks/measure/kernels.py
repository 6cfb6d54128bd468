"""The C kernels as they stand in Sources/CNNKernels, built with -O2 as a library for ctypes."""
import ctypes
import os
import shutil
import subprocess
import threading
import time

from .contest import PAUSE, ROOT

PATHS = ["portable", "AVX2", "AVX-512", "NEON"]
CODES = {"float32": 3, "float64": 4}


class Matrix(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("row", ctypes.c_ssize_t), ("column", ctypes.c_ssize_t)]


def matrix(array):
    """A two-dimensional NumPy array as the kernels take it."""
    steps = [stride // array.itemsize for stride in array.strides]
    return Matrix(array.ctypes.data, *steps)


def built(folder):
    swift = shutil.which("swift")
    clang = os.path.join(os.path.dirname(os.path.realpath(swift)), "clang") if swift else "clang"
    sources = os.path.join(ROOT, "Sources", "CNNKernels")
    files = [os.path.join(sources, name) for name in sorted(os.listdir(sources))
             if name.endswith(".c")]
    library = os.path.join(folder, "libkernels.so")
    subprocess.run(
        [clang, "-O2", "-fPIC", "-shared", "-Wno-psabi", "-I", os.path.join(sources, "include"),
         *files, os.path.join(ROOT, "Benchmarks", "peak.c"), "-lm", "-lpthread", "-o", library],
        check=True)
    kernels = ctypes.CDLL(library)
    kernels.nn_peak.restype = ctypes.c_double
    return kernels


def path(kernels):
    return PATHS[kernels.nn_path()]


def peak(kernels, dtype, threads=1, turns=5):
    """The most GFLOP/s that so many threads of fma instructions reach together."""
    done = [0.0] * threads

    def run(index):
        done[index] = kernels.nn_peak(
            kernels.nn_path(), int(dtype == "float32"), ctypes.c_int64(3_000_000))

    most = 0.0
    for _ in range(turns):
        start = clock(threads)
        # The one thread's processor time is what is read.
        others = [threading.Thread(target=run, args=(i,)) for i in range(1, threads)]
        for other in others:
            other.start()
        run(0)
        for other in others:
            other.join()
        most = max(most, sum(done) / (clock(threads) - start) / 1e9)
    return most


def clock(threads):
    """One thread is measured by its processor time, so that a shared machine disturbs little."""
    return time.thread_time() if threads == 1 else time.perf_counter()


def best(contestants, turns, repeats, threads):
    """The shortest seconds of each, in turns, with a pause before each contestant."""
    found = [float("inf")] * len(contestants)
    for _ in range(turns):
        for index, contestant in enumerate(contestants):
            time.sleep(PAUSE)
            contestant()
            for _ in range(3):
                start = clock(threads)
                for _ in range(repeats):
                    contestant()
                found[index] = min(found[index], (clock(threads) - start) / repeats)
    return found


def product(kernels, dtype, a, b, turns, threads):
    """The seconds of a @ b here and in NumPy, and how many GFLOP/s ours makes."""
    import numpy

    out = numpy.empty((a.shape[0], b.shape[1]), dtype)
    sizes = [ctypes.c_ssize_t(size) for size in (*a.shape, b.shape[1])]
    left, right, pointer = matrix(a), matrix(b), ctypes.c_void_p(out.ctypes.data)
    operations = 2 * a.shape[0] * a.shape[1] * b.shape[1]
    ours, theirs = best(
        [lambda: kernels.nn_matmul(CODES[dtype], pointer, left, right, *sizes),
         lambda: numpy.matmul(a, b, out=out)],
        turns, max(1, int(2e7 / operations)), threads)
    return ours, theirs, operations / ours / 1e9
