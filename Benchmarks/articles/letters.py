"""The letters article's program: three pictures, 30-5-3 sigmoid units, a sample at a time.

usage: letters.py EPOCHS
"""
import sys

import numpy as np

PICTURES = [
    "001100 010010 111111 100001 100001",
    "011110 010010 011110 010010 011110",
    "011110 010000 010000 010000 011110",
]
NAMES = "ABC"


def logistic(z):
    return 1 / (1 + np.exp(-z))


def forward(x, w1, w2):
    return logistic(logistic(x.dot(w1)).dot(w2))


def mean_square(out, wanted):
    return np.sum(np.square(out - wanted)) / len(wanted)


def backward(x, y, w1, w2, rate):
    a1 = logistic(x.dot(w1))
    a2 = logistic(a1.dot(w2))
    d2 = a2 - y
    d1 = w2.dot(d2.T).T * (a1 * (1 - a1))
    return w1 - rate * x.T.dot(d1), w2 - rate * a1.T.dot(d2)


def random_matrix(rows, columns):
    return np.array([np.random.randn() for _ in range(rows * columns)]).reshape(rows, columns)


x = [np.array([[int(c) for c in p.replace(" ", "")]]) for p in PICTURES]
y = np.eye(3, dtype=int)
print(x, "\n\n", y)
np.random.seed(7)
w1, w2 = random_matrix(30, 5), random_matrix(5, 3)
print(w1, "\n\n", w2)
accuracies, losses = [], []
for epoch in range(int(sys.argv[1])):
    errors = []
    for one, wanted in zip(x, y):
        errors.append(mean_square(forward(one, w1, w2), wanted))
        w1, w2 = backward(one, wanted, w1, w2, 0.1)
    losses.append(sum(errors) / len(x))
    accuracies.append((1 - losses[-1]) * 100)
    print("epoch:", epoch + 1, " accuracy:", accuracies[-1])
print(w1, "\n\n", w2)
print("read as", NAMES[np.argmax(forward(x[1], w1, w2))])
