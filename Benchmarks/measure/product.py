"""Prints what the machine and one product reach, as JSON: a process of its own, because OpenBLAS
reads the number of its threads once.

usage: python3 -m measure.product TURNS THREADS
"""
import json
import os
import sys
import tempfile

os.environ["OPENBLAS_NUM_THREADS"] = "1"
from . import kernels as measured


def products(kernels, turns, found):
    try:
        import numpy
    except ImportError:
        return
    random = numpy.random.default_rng(1)
    for dtype in ("float64", "float32"):
        a, b = (random.standard_normal(shape).astype(dtype) for shape in ((5000, 784), (784, 128)))
        ours, theirs, rate = measured.product(kernels, dtype, a, b, turns, 1)
        # The peak of the same moment, as far as that can be.
        top = max(found["peaks"][dtype][0], measured.peak(kernels, dtype))
        found["peaks"][dtype][0] = top
        found["products"][dtype] = {"ours": ours, "theirs": theirs, "share": rate / top}


def main():
    turns, threads = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        kernels = measured.built(folder)
        kernels.nn_set_threads(1)
        found = {"path": measured.path(kernels), "products": {}, "peaks": {
            dtype: [measured.peak(kernels, dtype, count) for count in range(1, threads + 1)]
            for dtype in ("float64", "float32")}}
        products(kernels, turns, found)
    json.dump(found, sys.stdout)


main()
