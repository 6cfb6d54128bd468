"""Records what numpy.random's legacy functions draw: random.json.

Run with NumPy 2.4 on Linux, x86-64 with FMA: python3 make_random_cases.py
"sequences" are programs of small draws, one after the other from one seed, with every number's
bits; "millions" have a hash of a million draws of one function (fewer where each one costs a sum).
"""
import json
import random

import numpy as np

MASK = 2**64 - 1


def bits(values):
    """The elements' 64-bit patterns as hex."""
    return [f"{word:x}" for word in np.atleast_1d(values).ravel().view(np.uint64).tolist()]


def digest(values):
    """FNV-1a over 64-bit words."""
    value = 14695981039346656037
    for word in values.ravel().view(np.uint64).tolist():
        value = (value ^ word) * 1099511628211 & MASK
    return f"{value:016x}"


def draw(call):
    name, size, arguments = call["name"], call["size"], call["arguments"]
    size = None if size is None else tuple(size)
    if name == "rand":
        return np.random.random_sample(size)
    if name == "randn":
        return np.random.standard_normal(size)
    if name == "permutation":
        return np.random.permutation(arguments[0])
    if name == "choice":
        return np.random.choice(arguments[0], size, call["replace"], call["p"])
    return getattr(np.random, name)(*arguments, size)


def shape(pick):
    return pick.choice([None, [], [pick.randint(1, 6)], [pick.randint(1, 4), pick.randint(1, 4)]])


def random_call(pick):
    name = pick.choice(["rand", "randn", "uniform", "normal", "randint", "permutation", "choice"])
    call = {"name": name, "size": shape(pick), "arguments": [], "replace": True, "p": None}
    if name == "uniform":
        call["arguments"] = pick.choice([[-1.0, 1.0], [-0.5, 0.5], [3.0, -2.0], [0.0, 0.1]])
    elif name == "normal":
        call["arguments"] = pick.choice([[0.0, 784**-0.5], [1.5, 0.0], [-2.0, 3.25]])
    elif name == "randint":
        call["arguments"] = pick.choice([
            [0, 10], [-5, 5], [0, 1], [7, 8], [0, 2**31], [0, 2**32 - 1], [0, 2**32],
            [0, 2**32 + 1], [-(2**40), 2**41], [-(2**62), 2**62 + 5], [-(2**63), 2**63 - 1]])
    elif name == "permutation":
        call["arguments"] = [pick.randint(0, 30)]
    elif name == "choice":
        count = pick.randint(24, 40) if pick.random() < 0.3 else pick.randint(1, 20)
        call["arguments"] = [count]
        call["replace"] = pick.random() < 0.5
        if pick.random() < 0.5:
            weights = np.array([pick.random() * pick.choice([0, 1, 1, 1]) for _ in range(count)])
            if weights.sum() > 0:
                call["p"] = (weights / weights.sum()).tolist()
        size = int(np.prod(call["size"] or [1]))
        possible = sum(p > 0 for p in call["p"]) if call["p"] else count
        if not call["replace"] and size > possible:
            call["replace"] = True
    return call


def sequences():
    pick = random.Random(3)
    result = []
    for seed in [0, 1, 7, 99, 2**32 - 1] + [pick.randrange(2**32) for _ in range(75)]:
        np.random.seed(seed)
        calls = []
        for _ in range(8):
            call = random_call(pick)
            call["bits"] = bits(draw(call))
            calls.append(call)
        result.append({"seed": seed, "calls": calls})
    return result


def weights(count):
    """Probabilities that differ, with zeros among them."""
    shares = np.arange(count) % 7
    return (shares / shares.sum()).tolist()


def millions():
    result = []
    count = 10**6
    for seed, name, arguments, size, more in [
        (99, "rand", [], count, {}), (99, "randn", [], count, {}),
        (5, "uniform", [-1.0, 1.0], count, {}), (6, "normal", [0.5, 784**-0.5], count, {}),
        (7, "randint", [0, 10], count, {}), (8, "randint", [-(2**40), 2**41], count, {}),
        (9, "permutation", [count], count, {}), (10, "choice", [12], count, {}),
        (11, "choice", [4], count, {"p": [0.1, 0.2, 0.3, 0.4]}),
        # Without rejection, with much of it, and at the change from 32 bits to 64.
        (12, "randint", [0, 256], count, {}), (13, "randint", [0, 2**31 + 1], count, {}),
        (14, "randint", [0, 2**32], count, {}), (15, "randint", [0, 2**32 + 1], count, {}),
        (16, "choice", [count], count, {"replace": False}),
        (17, "choice", [3 * count], count, {"replace": False}),
        (18, "choice", [300], 200, {"replace": False, "p": weights(300)}),
        (19, "choice", [300], count, {"p": weights(300)}),
        (2**32 - 1, "uniform", [3.0, -2.0], count, {}), (0, "normal", [-2.0, 3.25], count, {}),
    ]:
        call = {"name": name, "size": [size], "arguments": arguments, "replace": True, "p": None}
        call.update(more)
        np.random.seed(seed)
        call["hash"] = digest(draw(call))
        result.append({"seed": seed, "calls": [call]})
    return result


def broadcasts():
    """Parameters that are tensors: [low or mean, high or deviation, size]."""
    result = []
    for name, a, b, size in [
        ("uniform", [[0.0], [10.0]], [1.0, 20.0, 300.0], None), ("uniform", [-1.0, 5.0], 6.0, None),
        ("uniform", [0.0, 1.0], [2.0, 3.0], [3, 2]), ("normal", [0.0, 100.0], [1.0, 0.0], None),
        ("normal", 0.0, [[0.5], [2.0]], [2, 3]),
    ]:
        np.random.seed(4)
        values = getattr(np.random, name)(np.array(a), np.array(b), size)
        result.append({"name": name, "a": np.ravel(a).tolist(), "aShape": np.shape(a),
                       "b": np.ravel(b).tolist(), "bShape": np.shape(b), "size": size,
                       "shape": values.shape, "bits": bits(values)})
    return result


def states():
    """get_state after some draws: position, three words, the cached deviate."""
    result = []
    for seed, count in [(0, 0), (0, 1), (12, 3), (99, 1001)]:
        np.random.seed(seed)
        np.random.randn(count)
        _, words, position, has, cached = np.random.get_state()
        result.append({"seed": seed, "count": count, "position": int(position),
                       "words": [int(words[0]), int(words[1]), int(words[623])],
                       "cached": bits(cached)[0] if has else None})
    return result


if __name__ == "__main__":
    cases = {"sequences": sequences(), "millions": millions(), "broadcasts": broadcasts(),
             "states": states()}
    with open("random.json", "w", encoding="utf-8") as file:
        json.dump(cases, file, separators=(",", ":"))
        file.write("\n")
