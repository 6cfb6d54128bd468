"""Writes metrics.json, functions.json and iris.json beside this file: what scikit-learn and mpmath
say, and Fisher's rows.

    python3 -m venv venv && venv/bin/pip install scikit-learn mpmath
    venv/bin/python make_fixtures.py
"""

import json
import pathlib

import mpmath
import numpy as np
from sklearn import datasets, metrics

HERE = pathlib.Path(__file__).parent
mpmath.mp.dps = 60


def write(name, value):
    (HERE / name).write_text(json.dumps(value) + "\n")


def row(report, key):
    line = report[key]
    return [line["precision"], line["recall"], line["f1-score"], line["support"]]


def report_case(target, prediction):
    as_dict = metrics.classification_report(
        target, prediction, output_dict=True, zero_division=0
    )
    labels = sorted(set(target) | set(prediction))
    text = metrics.classification_report(target, prediction, zero_division=0)
    if ".0\n" in text:  # where nothing is right, it writes supports as floats
        text = None
    return {
        "target": target,
        "prediction": prediction,
        "accuracy": metrics.accuracy_score(target, prediction),
        "confusion": metrics.confusion_matrix(
            target, prediction, labels=range(max(labels) + 1)
        ).tolist(),
        "classes": labels,
        "rows": [row(as_dict, str(label)) for label in labels],
        "macro": row(as_dict, "macro avg"),
        "weighted": row(as_dict, "weighted avg"),
        "text": text,
    }


def metric_cases():
    random = np.random.RandomState(5)
    cases = [
        ([0, 1, 2, 2, 2], [0, 0, 2, 2, 1]),
        ([0, 1, 1, 0], [0, 1, 1, 0]),
        ([0, 0, 0], [1, 1, 1]),
        ([3, 3, 1, 5], [3, 1, 1, 3]),
        ([1], [1]),
    ]
    truth = random.randint(0, 10, 500)
    guess = np.where(random.rand(500) < 0.7, truth, random.randint(0, 10, 500))
    cases.append((truth.tolist(), guess.tolist()))
    return [report_case(t, p) for t, p in cases]


POINTS = [-800.0, -40.0, -3.5, -1.0, -0.25, -1e-9, 0.0, 1e-9, 0.5, 1.0, 2.75, 37.0, 800.0]


def exact(z):
    """Each activation and its derivative at z, rounded once."""
    m = mpmath
    sigmoid = 1 / (1 + m.exp(-z))
    left = z <= 0
    pairs = {
        "linear": (z, 1),
        "step": (0 if left else 1, 0),
        "sigmoid": (sigmoid, sigmoid * (1 - sigmoid)),
        "tanh": (m.tanh(z), 1 - m.tanh(z) ** 2),
        "arctan": (m.atan(z), 1 / (1 + z * z)),
        "relu": (0 if left else z, 0 if left else 1),
        "leaky_relu": (z * mpmath.mpf(0.01) if left else z, 0.01 if left else 1),
        "prelu": (z * 0.25 if left else z, 0.25 if left else 1),
        "elu": (m.expm1(z) if left else z, m.exp(z) if left else 1),
        "softplus": (m.log1p(m.exp(z)), sigmoid),
    }
    return {name: [float(value), float(slope)] for name, (value, slope) in pairs.items()}


def activation_cases():
    points = [mpmath.mpf(z) for z in POINTS]
    values = [exact(z) for z in points]
    return {name: [v[name] for v in values] for name in values[0]}


def loss_cases():
    random = np.random.RandomState(3)
    z = random.randn(7, 4) * 2
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    y = random.randint(0, 4, 7)
    hot = np.eye(4)[y]
    return {
        "prediction": p.tolist(),
        "classes": y.tolist(),
        "mse": metrics.mean_squared_error(hot, p),
        "half_mse": metrics.mean_squared_error(hot, p) * 4 / 2,
        "cross_entropy": metrics.log_loss(y, p),
        "binary_cross_entropy": float(
            np.mean([metrics.log_loss(hot[:, k], p[:, k]) for k in range(4)])
        ),
    }


write("metrics.json", metric_cases())
write("functions.json", {
    "points": POINTS, "activations": activation_cases(), "losses": loss_cases()})

iris = datasets.load_iris()
write("iris.json", {"x": iris.data.tolist(), "y": iris.target.tolist()})
