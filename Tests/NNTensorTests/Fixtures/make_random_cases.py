"""Records what numpy.random's legacy functions draw: random.json.

Run with NumPy 2.4 on Linux, x86-64 with FMA: python3 make_random_cases.py
"sequences" are programs of small draws, one after the other from one seed, with every number's
bits; "millions" have a hash of a million draws of one function.
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


def millions():
    result = []
    for seed, name, arguments, p in [
        (99, "rand", [], None), (99, "randn", [], None), (5, "uniform", [-1.0, 1.0], None),
        (6, "normal", [0.5, 784**-0.5], None), (7, "randint", [0, 10], None),
        (8, "randint", [-(2**40), 2**41], None), (9, "permutation", [10**6], None),
        (10, "choice", [12], None), (11, "choice", [4], [0.1, 0.2, 0.3, 0.4]),
    ]:
        call = {"name": name, "size": [10**6], "arguments": arguments, "replace": True, "p": p}
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
