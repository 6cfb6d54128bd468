"""The digits tutorial's training by hand, as `digits.nn` does it in nn.

usage: digits.py ITERATIONS
"""
import sys

import numpy as np

samples, pixels, hidden, classes = 42000, 784, 16, 10
np.random.seed(3)
x = np.random.rand(samples, pixels).T
y = np.random.randint(0, classes, samples)
w1, b1 = np.random.uniform(-0.5, 0.5, (hidden, pixels)), np.zeros((hidden, 1))
w2, b2 = np.random.uniform(-0.5, 0.5, (classes, hidden)), np.zeros((classes, 1))


def softmax_columns(z):
    return np.exp(z) / np.sum(np.exp(z), axis=0)


def forward(w1, b1, w2, b2, x):
    z1 = w1.dot(x) + b1
    a1 = np.maximum(z1, 0)
    return z1, a1, softmax_columns(w2.dot(a1) + b2)


def backward(z1, a1, a2, w2, x, y):
    m = len(y)
    hot = np.zeros((m, classes))
    hot[np.arange(m), y] = 1
    d2 = a2 - hot.T
    d1 = w2.T.dot(d2) * ((z1 > 0) * 1)
    return 1 / m * d1.dot(x.T), 1 / m * np.sum(d1), 1 / m * d2.dot(a1.T), 1 / m * np.sum(d2)


for i in range(int(sys.argv[1])):
    z1, a1, a2 = forward(w1, b1, w2, b2, x)
    dw1, db1, dw2, db2 = backward(z1, a1, a2, w2, x, y)
    w1 = w1 - 0.2 * dw1
    b1 = b1 - 0.2 * db1
    w2 = w2 - 0.2 * dw2
    b2 = b2 - 0.2 * db2
print(np.sum(w1), np.sum(w2))
