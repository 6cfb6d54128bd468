"""The digits article's program: 42,000 pictures as columns, 784-16-10, one bias slope a layer.

usage: digits.py ITERATIONS FOLDER
"""
import sys

import idx
import numpy as np


def shares(z):
    return np.exp(z) / np.sum(np.exp(z), axis=0)


m = 42000
images = idx.read(sys.argv[2], "train-images-idx3-ubyte")[:m]
labels = idx.read(sys.argv[2], "train-labels-idx1-ubyte")[:m]
X = (images.reshape(m, 784) / 255).T
np.random.seed(0)
W1 = np.random.uniform(-0.5, 0.5, (16, 784))
W2 = np.random.uniform(-0.5, 0.5, (10, 16))
b1, b2 = np.zeros((16, 1)), np.zeros((10, 1))
accuracies = []
for i in range(int(sys.argv[1])):
    Z1 = W1.dot(X) + b1
    A1 = np.maximum(Z1, 0)
    A2 = shares(W2.dot(A1) + b2)
    T = np.zeros((m, 10))
    T[np.arange(m), labels] = 1
    E = A2 - T.T
    D = W2.T.dot(E) * (Z1 > 0)
    W2 = W2 - 0.2 * (1 / m * E.dot(A1.T))
    b2 = b2 - 0.2 * (1 / m * np.sum(E))
    W1 = W1 - 0.2 * (1 / m * D.dot(X.T))
    b1 = b1 - 0.2 * (1 / m * np.sum(D))
    if i % 10 == 0:
        accuracies.append(np.sum(A2.argmax(0) == labels) / m)
        print(f"iteration {i:3d}: {accuracies[-1]:.4f}")
print(accuracies)
