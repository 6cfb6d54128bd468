"""A digits-sized training by hand, 42000 x 784-16-10, as `digits.nn` does it in nn.

usage: digits.py ITERATIONS
"""
import sys

import numpy as np

np.random.seed(3)
samples, pixels, hidden, classes = 42000, 784, 16, 10
x = np.random.rand(samples, pixels)
y = np.eye(classes)[np.random.randint(0, classes, samples)]
w1, b1 = np.random.rand(pixels, hidden) - 0.5, np.random.rand(hidden) - 0.5
w2, b2 = np.random.rand(hidden, classes) - 0.5, np.random.rand(classes) - 0.5


def forward(x, w1, b1, w2, b2):
    z1 = x.dot(w1) + b1
    a1 = np.maximum(z1, 0)
    z2 = a1.dot(w2) + b2
    e = np.exp(z2 - z2.max(axis=1, keepdims=True))
    return z1, a1, e / e.sum(axis=1, keepdims=True)


def backward(x, y, z1, a1, a2, w2):
    d2 = (a2 - y) / len(x)
    d1 = d2.dot(w2.T) * (z1 > 0)
    return x.T.dot(d1), d1.sum(axis=0), a1.T.dot(d2), d2.sum(axis=0)


for i in range(int(sys.argv[1])):
    z1, a1, a2 = forward(x, w1, b1, w2, b2)
    dw1, db1, dw2, db2 = backward(x, y, z1, a1, a2, w2)
    w1 = w1 - 0.1 * dw1
    b1 = b1 - 0.1 * db1
    w2 = w2 - 0.1 * dw2
    b2 = b2 - 0.1 * db2
print(np.sum(w1), np.sum(w2))
