"""Trains with NumPy or PyTorch: for each line of standard input, a number of epochs, prints the
seconds they took.

usage: peer.py FOLDER SHAPE LIBRARY DTYPE THREADS

FOLDER holds x.npy, bytes, and y.npy, class numbers. SHAPE is fashion or digits. LIBRARY is
numpy-rows, a sample a row; numpy-columns, a sample a column, as the tutorials have them; or torch.
All samples make one step, as in `train` with batch=all. NumPy is not asked for the loss, which
`train` and PyTorch compute too.
"""
import os
import sys
import time

THREADS = sys.argv[5]
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = THREADS

import numpy as np

HIDDEN = {"fashion": (128, "sigmoid", 0.01), "digits": (16, "relu", 0.2)}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(pixels, hidden, dtype):
    random = np.random.RandomState(1)
    w1 = (random.rand(pixels, hidden) - 0.5) * 0.1
    w2 = (random.rand(hidden, 10) - 0.5) * 0.1
    return w1.astype(dtype), np.zeros(hidden, dtype), w2.astype(dtype), np.zeros(10, dtype)


def numpy_rows(x, y, hidden, activation, rate):
    n, dtype = len(x), x.dtype
    hot = np.eye(10, dtype=dtype)[y]
    w1, b1, w2, b2 = start(x.shape[1], hidden, dtype)
    rate = dtype.type(rate)

    def epoch():
        nonlocal w1, b1, w2, b2
        z1 = x @ w1 + b1
        a1 = sigmoid(z1) if activation == "sigmoid" else np.maximum(z1, 0)
        z2 = a1 @ w2 + b2
        e = np.exp(z2 - z2.max(axis=1, keepdims=True))
        d2 = (e / e.sum(axis=1, keepdims=True) - hot) / n
        d1 = d2 @ w2.T * (a1 * (1 - a1) if activation == "sigmoid" else z1 > 0)
        w2 = w2 - rate * (a1.T @ d2)
        b2 = b2 - rate * d2.sum(axis=0)
        w1 = w1 - rate * (x.T @ d1)
        b1 = b1 - rate * d1.sum(axis=0)

    return epoch


def numpy_columns(x, y, hidden, activation, rate):
    n, dtype = len(x), x.dtype
    x = x.T
    hot = np.eye(10, dtype=dtype)[y].T
    w1, b1, w2, b2 = start(len(x), hidden, dtype)
    w1, b1, w2, b2 = w1.T.copy(), b1[:, None], w2.T.copy(), b2[:, None]
    rate = dtype.type(rate)

    def epoch():
        nonlocal w1, b1, w2, b2
        z1 = w1 @ x + b1
        a1 = sigmoid(z1) if activation == "sigmoid" else np.maximum(z1, 0)
        z2 = w2 @ a1 + b2
        e = np.exp(z2 - z2.max(axis=0))
        d2 = (e / e.sum(axis=0) - hot) / n
        d1 = w2.T @ d2 * (a1 * (1 - a1) if activation == "sigmoid" else z1 > 0)
        w2 = w2 - rate * (d2 @ a1.T)
        b2 = b2 - rate * d2.sum(axis=1, keepdims=True)
        w1 = w1 - rate * (d1 @ x.T)
        b1 = b1 - rate * d1.sum(axis=1, keepdims=True)

    return epoch


def torch_module(x, y, hidden, activation, rate):
    import torch

    torch.set_num_threads(int(THREADS))
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    layers = [torch.nn.Linear(x.shape[1], hidden, dtype=x.dtype),
              torch.nn.Sigmoid() if activation == "sigmoid" else torch.nn.ReLU(),
              torch.nn.Linear(hidden, 10, dtype=x.dtype)]
    model = torch.nn.Sequential(*layers)
    loss, step = torch.nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=rate)

    def epoch():
        step.zero_grad()
        loss(model(x), y).backward()
        step.step()

    return epoch


LIBRARIES = {"numpy-rows": numpy_rows, "numpy-columns": numpy_columns, "torch": torch_module}


def main():
    folder, shape, library, dtype = sys.argv[1:5]
    x = np.load(os.path.join(folder, "x.npy")).astype(dtype) / np.dtype(dtype).type(255)
    y = np.load(os.path.join(folder, "y.npy"))
    epoch = LIBRARIES[library](x, y, *HIDDEN[shape])
    for line in sys.stdin:
        begun = time.perf_counter()
        for _ in range(int(line)):
            epoch()
        print(time.perf_counter() - begun, flush=True)


main()
