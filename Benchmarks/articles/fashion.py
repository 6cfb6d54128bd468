"""The Fashion article's program: 5,000 pictures, 784-128-10 sigmoid, the slope of finished values.

usage: fashion.py EPOCHS FOLDER
"""
import sys

import idx
import numpy as np

NAMES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
         "Ankle boot"]


def activation(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def slope(a):
    return activation(a) * (1 - activation(a))


def report(labels, answers):
    lines = [f"{'':>14}{'precision':>11}{'recall':>9}{'f1-score':>10}{'support':>9}"]
    for k, name in enumerate(NAMES):
        hits = np.sum((labels == k) & (answers == k))
        precision = hits / max(np.sum(answers == k), 1)
        recall = hits / np.sum(labels == k)
        f1 = 2 * precision * recall / max(precision + recall, 1e-300)
        support = np.sum(labels == k)
        lines.append(f"{name:>14}{precision:>11.2f}{recall:>9.2f}{f1:>10.2f}{support:>9}")
    return "\n".join(lines)


n = 5000
X = idx.read(sys.argv[2], "train-images-idx3-ubyte")[:n].reshape(n, 784) / 255
Y = np.eye(10)[idx.read(sys.argv[2], "train-labels-idx1-ubyte")[:n]]
X_test = idx.read(sys.argv[2], "t10k-images-idx3-ubyte")[:n].reshape(n, 784) / 255
labels = idx.read(sys.argv[2], "t10k-labels-idx1-ubyte")[:n]
print(X.shape, Y.shape, X_test.shape)
epochs = int(sys.argv[1])
np.random.seed(2)
W1 = np.random.normal(0, 784 ** -0.5, (128, 784))
W2 = np.random.normal(0, 128 ** -0.5, (10, 128))
b1 = b2 = 0
inputs, targets = X.T, Y.T
for epoch in range(epochs):
    A1 = activation(W1.dot(inputs) + b1)
    A2 = activation(W2.dot(A1) + b2)
    E = A2 - targets
    hidden_E = W2.T.dot(E)
    W2 -= 0.01 * (E * slope(A2)).dot(A1.T)
    W1 -= 0.01 * (hidden_E * slope(A1)).dot(inputs.T)
    b2 = b2 - 0.01 * (E * slope(A2))
    b1 = b1 - 0.01 * (hidden_E * slope(A1))
    print(f"epoch {epoch} of {epochs}")
answers = activation(W2.dot(activation(W1.dot(X_test.T) + b1)) + b2).argmax(axis=0)
print("accuracy:", np.mean(answers == labels))
print(report(labels, answers))
