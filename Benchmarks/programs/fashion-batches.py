"""A Fashion-sized training by hand, 5000 x 784-128-10 in batches of 32, as `fashion-batches.nn`
does it in nn.

usage: fashion-batches.py EPOCHS
"""
import sys

import numpy as np

samples, pixels, hidden, classes, batch = 5000, 784, 128, 10, 32
np.random.seed(5)
x = np.random.rand(samples, pixels)
y = np.eye(classes)[np.random.randint(0, classes, samples)]
w1, b1 = (np.random.rand(pixels, hidden) - 0.5) * 0.1, np.zeros(hidden)
w2, b2 = (np.random.rand(hidden, classes) - 0.5) * 0.1, np.zeros(classes)


def softmax_rows(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


for epoch in range(int(sys.argv[1])):
    for start in range(0, samples, batch):
        p, t = x[start:start + batch], y[start:start + batch]
        a1 = np.maximum(p @ w1 + b1, 0)
        a2 = softmax_rows(a1 @ w2 + b2)
        d2 = (a2 - t) / len(p)
        d1 = d2 @ w2.T * (a1 > 0)
        w2 -= 0.1 * (a1.T @ d2)
        b2 -= 0.1 * d2.sum(axis=0)
        w1 -= 0.1 * (p.T @ d1)
        b1 -= 0.1 * d1.sum(axis=0)
print(np.sum(w1), np.sum(w2))
