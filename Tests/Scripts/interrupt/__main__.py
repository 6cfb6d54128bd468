#!/usr/bin/env python3
"""Interrupts renders at random moments, and tells how long they take to end.

usage: python3 Tests/Scripts/interrupt PATH-TO-NNBOOK [--count 40] [--seed S]

Every render does something that takes long: a loop, a large product, a sort, random numbers, a
training, a search. It is sent SIGINT at a random moment. It has to end by that signal, to leave the old
page and record byte for byte, and no other file beside them.
"""
import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

# What runs for longer than anyone waits.
WORK = {
    "loop": "i = 0\nwhile i >= 0:\n    i += 1",
    "small tensors": "x = ones(3)\nwhile x[0] > 0:\n    x = x * 2 / 2",
    "product": "a = ones((9000, 9000))\nfor i in range(1000):\n    b = a @ a",
    "function": "a = ones(30000000)\nfor i in range(100000):\n    a = exp(-a)",
    "sort": "seed 1\na = rand(20000000)\nfor i in range(1000):\n    b = sort(a)",
    "random numbers": "seed 1\nfor i in range(100000):\n    a = randn(20000000)",
    "training": ("seed 1\nx = rand(5000, 784)\ny = randint(0, 10, 5000)\nnetwork net:\n"
                 "    input 784\n    dense 1000 relu\n    dense 10 softmax\n"
                 "train net on x, y epochs=100000 batch=5000"),
    "wide training": ("seed 1\nx = rand(2000, 3000)\ny = randint(0, 10, 2000)\nnetwork net:\n"
                      "    input 3000\n    dense 3000 relu\n    dense 3000 relu\n"
                      "    dense 10 softmax\ntrain net on x, y epochs=1000 batch=all"),
    "search": ("seed 1\nx = rand(2000, 100)\ny = randint(0, 3, 2000)\nnetwork net:\n"
               "    input 100\n    dense 50 relu\n    dense 3 softmax\n"
               "train net on x, y epochs=100000 optimizer=genetic"),
}
OLD = "# Old\n\n```nn\nprint 1\n```\n"


def pages(folder):
    found = {}
    for root, _, names in os.walk(os.path.join(folder, "output")):
        for name in names:
            path = os.path.join(root, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def interrupt(nnbook, folder, program, moment):
    """Seconds from the signal to the end, and what was told."""
    with open(os.path.join(folder, "a.md"), "w") as file:
        file.write("# New\n\n```nn work\n" + program + "\n```\n")
    process = subprocess.Popen([nnbook, "render", "a.md"], cwd=folder, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    time.sleep(moment)
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    return time.monotonic() - start, process.returncode, told


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nnbook")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    nnbook = os.path.abspath(options.nnbook)
    moments = random.Random(options.seed)
    taken = []
    with tempfile.TemporaryDirectory(prefix="nnbook-interrupt-") as folder:
        with open(os.path.join(folder, "a.md"), "w") as file:
            file.write(OLD)
        subprocess.run([nnbook, "render", "a.md"], cwd=folder, check=True, capture_output=True)
        old = pages(folder)
        for turn in range(options.count):
            name = list(WORK)[turn % len(WORK)]
            # Not before the program has said how it takes the signal.
            moment = 0.03 + moments.random() ** 2
            seconds, code, told = interrupt(nnbook, folder, WORK[name], moment)
            taken.append((seconds, name))
            if code != -signal.SIGINT or "stopped" not in told:
                sys.exit(f"{name}, after {moment:.3f} s: ended with {code}, and told\n{told}")
            if pages(folder) != old:
                sys.exit(f"{name}, after {moment:.3f} s: the pages are not as they were")
    taken.sort()
    print(f"{len(taken)} renders interrupted, every page whole: ended after "
          f"{taken[len(taken) // 2][0] * 1000:.0f} ms, at most {taken[-1][0] * 1000:.0f} ms "
          f"({taken[-1][1]})")


main()
