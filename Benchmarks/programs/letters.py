"""The letters tutorial's training, by hand with NumPy, as `letters.nn` does it in nn.

usage: letters.py EPOCHS
"""
import sys

import numpy as np

a = [0,0,1,1,0,0, 0,1,0,0,1,0, 1,1,1,1,1,1, 1,0,0,0,0,1, 1,0,0,0,0,1]
b = [0,1,1,1,1,0, 0,1,0,0,1,0, 0,1,1,1,1,0, 0,1,0,0,1,0, 0,1,1,1,1,0]
c = [0,1,1,1,1,0, 0,1,0,0,0,0, 0,1,0,0,0,0, 0,1,0,0,0,0, 0,1,1,1,1,0]
x = [np.array(v).reshape(1, 30) for v in (a, b, c)]
y = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]])


def logistic(z):
    return 1 / (1 + np.exp(-z))


def forward(x, w1, w2):
    return logistic(logistic(x.dot(w1)).dot(w2))


def loss(out, y):
    return np.sum(np.square(out - y)) / len(y)


def backward(x, y, w1, w2, alpha):
    a1 = logistic(x.dot(w1))
    a2 = logistic(a1.dot(w2))
    d2 = a2 - y
    d1 = np.multiply(w2.dot(d2.transpose()).transpose(), np.multiply(a1, 1 - a1))
    return w1 - alpha * x.transpose().dot(d1), w2 - alpha * a1.transpose().dot(d2)


np.random.seed(7)
w1 = np.random.randn(30, 5)
w2 = np.random.randn(5, 3)
losses = []
for epoch in range(int(sys.argv[1])):
    l = []
    for i in range(3):
        l.append(loss(forward(x[i], w1, w2), y[i]))
        w1, w2 = backward(x[i], y[i], w1, w2, 0.1)
    losses.append(sum(l) / 3)
print(losses[-1])
