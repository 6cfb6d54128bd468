"""The iris article's program: 4-6-3, ReLU and softmax, the first epoch's values remembered for ever.

usage: iris.py EPOCHS CSV
"""
import csv
import sys

import numpy as np


def read(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))[1:]
    kinds = sorted({row[-1] for row in rows})
    return (np.array([[float(v) for v in row[:-1]] for row in rows]),
            np.array([kinds.index(row[-1]) for row in rows]))


def relu(z):
    return np.maximum(0, z)


def shares(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


X, y = read(sys.argv[2])
np.random.seed(99)
W1 = np.random.uniform(-1, 1, (6, 4))
W2 = np.random.uniform(-1, 1, (3, 6))
b1, b2 = np.zeros((1, 6)), np.zeros((1, 3))
memory, accuracy, loss = [], [], []
for epoch in range(int(sys.argv[1])):
    Z1 = X.dot(W1.T) + b1
    A1 = relu(Z1)
    memory.append((Z1, A1))
    P = shares(A1.dot(W2.T) + b2)
    accuracy.append((P.argmax(axis=1) == y).mean())
    loss.append(-np.log(P[range(len(y)), y]).sum() / len(y))
    Z, A = memory[0]
    d2 = P
    d2[range(len(y)), y] -= 1
    d2 /= len(y)
    d1 = d2.dot(W2) * (Z > 0)
    W2 = W2 - 0.01 * A.T.dot(d2).T
    b2 = b2 - 0.01 * d2.sum(axis=0, keepdims=True)
    W1 = W1 - 0.01 * X.T.dot(d1).T
    b1 = b1 - 0.01 * d1.sum(axis=0, keepdims=True)
for epoch in range(len(loss)):
    print(f"epoch {epoch + 1:2d}  accuracy {accuracy[epoch]:.4f}  loss {loss[epoch]:.4f}")
