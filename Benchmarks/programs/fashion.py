"""The Fashion tutorial's training by hand, as `fashion.nn` does it in nn.

usage: fashion.py EPOCHS
"""
import sys

import numpy as np

samples, pixels, hidden, classes = 5000, 784, 128, 10
np.random.seed(5)
x = np.random.rand(samples, pixels).T
y = np.eye(classes)[np.random.randint(0, classes, samples)].T
w1, b1 = np.random.normal(0, pixels ** -0.5, (hidden, pixels)), 0
w2, b2 = np.random.normal(0, hidden ** -0.5, (classes, hidden)), 0


def activation(z):
    z = np.clip(z, -500, 500)
    return 1 / (1 + np.exp(-z))


def slope(z):
    return activation(z) * (1 - activation(z))


for epoch in range(int(sys.argv[1])):
    a1 = activation(w1.dot(x) + b1)
    a2 = activation(w2.dot(a1) + b2)
    e2 = -(y - a2)
    e1 = w2.T.dot(e2)
    w2 -= 0.0001 * (e2 * slope(a2)).dot(a1.T)
    w1 -= 0.0001 * (e1 * slope(a1)).dot(x.T)
    b2 = b2 - 0.0001 * (e2 * slope(a2))
    b1 = b1 - 0.0001 * (e1 * slope(a1))
print(np.sum(w1), np.sum(w2))
