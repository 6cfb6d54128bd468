"""The fruits article's program: photos to hue histograms, 150 and 60 ReLU units, and its rule.

usage: fruits.py ROUNDS FOLDER
"""
import os
import sys

import numpy as np
from PIL import Image


def hue(photo):
    """The hue of each pixel, from 0 to 1, of grey ones 0."""
    red, green, blue = np.moveaxis(photo / 255, -1, 0)
    largest = photo.max(axis=-1) / 255
    spread = largest - photo.min(axis=-1) / 255
    with np.errstate(divide="ignore", invalid="ignore"):
        sixths = np.select(
            [largest == red, largest == green],
            [(green - blue) / spread, 2 + (blue - red) / spread],
            4 + (red - green) / spread)
    return np.where(spread == 0, 0, sixths / 6 % 1)


def features(folder):
    rows, kinds = [], []
    for kind, name in enumerate(["apple", "raspberry", "mango", "lemon"]):
        for file in sorted(os.listdir(os.path.join(folder, name))):
            photo = np.asarray(Image.open(os.path.join(folder, name, file)).convert("RGB"))
            rows.append(np.histogram(hue(photo), bins=360)[0])
            kinds.append(kind)
    return np.array(rows), np.array(kinds)


def scores(x, weights):
    for w in weights[:-1]:
        x = np.maximum(np.matmul(x, w), 0)
    return np.matmul(x, weights[-1])


histograms, y = features(sys.argv[2])
X = histograms[:, np.std(histograms, axis=0) > 50]
print(histograms.shape, "->", X.shape)
np.random.seed(1)
weights = [np.random.uniform(-0.1, 0.1, (X.shape[1], 150)),
           np.random.uniform(-0.1, 0.1, (150, 60)),
           np.random.uniform(-0.1, 0.1, (60, 4))]
for turn in range(int(sys.argv[1])):
    for x, wanted in zip(X, y):
        if np.argmax(scores(x, weights)) != wanted:
            weights = [0.999 * w for w in weights]
    print("round", turn + 1)
answers = [np.argmax(np.maximum(scores(x, weights), 0)) for x in X]
print("wrong:", np.sum(answers != y), "of", len(X))
