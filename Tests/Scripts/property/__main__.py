"""The property test: random nn programs print what Python and NumPy print for them.

    python3 Tests/Scripts/property NNBOOK --count 10000 [--seed 7] [--suite all]
    python3 Tests/Scripts/property --jsonl --seed 1 --count 3000 > DIRECTORY/numpy-cases.jsonl

Suites: kinds (small programs around one thing), grammar (whole programs), arrays (NumPy's print),
all. The seed is printed; the same seed gives the same programs. Exit code 1 tells a difference.
"""

import argparse
import collections
import json
import os
import random
import subprocess
import sys
import time

try:
    import numpy
except ImportError:
    print("property: skipped, NumPy is not installed for python3")
    sys.exit(0)

import arrays
import grammar
import kinds
import oracle

BATCH = 500
SUITES = {
    "kinds": lambda r: (kind := r.choice(sorted(kinds.KINDS)), kinds.KINDS[kind](r)),
    "grammar": lambda r: ("grammar", grammar.program(r)),
    "arrays": lambda r: ("arrays", arrays.program(r)),
}


def suite_for(name, place):
    if name != "all":
        return SUITES[name]
    # Whole programs find most; arrays take longest.
    return SUITES[["grammar", "kinds", "grammar", "grammar", "arrays"][place % 5]]


def cases(seed, count, suite):
    for place in range(count):
        # A stream for each program: the n-th is the same whatever the count.
        kind, program = suite_for(suite, place)(random.Random(f"{seed}/{suite}/{place}"))
        output, error = oracle.run(program)
        yield place, kind, program, output, error


def answers(nnbook, programs):
    """What nnbook prints for each program, how it ended, and what it told."""
    joined = "\0".join(programs)
    result = subprocess.run(
        [nnbook, "eval", "--batch", "--timeout", "20", "-"], input=joined.encode(),
        capture_output=True)
    if result.returncode != 0:
        if len(programs) == 1:
            # A crash is one program's, and the worst of differences.
            yield "", f"crashed ({result.returncode})", result.stderr.decode()[:2000]
            return
        middle = len(programs) // 2
        yield from answers(nnbook, programs[:middle])
        yield from answers(nnbook, programs[middle:])
        return
    told, at = result.stdout, 0
    for _ in programs:
        end = told.index(b"\n", at)
        ending, length, problems = told[at:end].split()
        at, middle = end + 1 + int(length) + int(problems), end + 1 + int(length)
        yield told[end + 1:middle].decode(), ending.decode(), told[middle:at].decode()


def difference(program, output, error, text, ending, problems):
    """Why nnbook's answer is another one; None where it is the same."""
    if ending.startswith("crashed"):
        return f"nnbook {ending}\n{problems}"
    if (error is None) != (ending == "done"):
        side = "nn fails, Python does not" if error is None else "Python fails, nn does not"
        return f"{side}\npython: {error!r}\nnn: {problems}"
    if ending == "unreadable":
        # Found before anything ran.
        return None
    if not oracle.same(program, output, text):
        return "the text differs"
    return None


def told(seed, case, answer, reason):
    place, kind, program, output, error = case
    return (f"--- seed {seed}, program {place}, {kind}: {reason}\n{program}\n"
            f"----- python\n{output[:1500]}----- nn\n{answer[0][:1500]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("nnbook", nargs="?", help="the nnbook to test")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--suite", choices=[*SUITES, "all"], default="all")
    parser.add_argument("--only", type=int, help="only the program of this number, and print it")
    parser.add_argument("--show", type=int, default=20, help="differences to print")
    parser.add_argument("--jsonl", action="store_true", help="write cases instead of comparing")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else int.from_bytes(os.urandom(4), "big")

    if options.jsonl:
        for place, kind, program, output, error in cases(seed, options.count, options.suite):
            if error is None:
                case = {"id": place, "kind": kind, "nn": program, "expect": output}
                print(json.dumps(case, ensure_ascii=False))
        return
    if not options.nnbook:
        parser.error("which nnbook?")

    print(f"property: seed {seed}, {options.count} programs, suite {options.suite}", flush=True)
    started = time.time()
    found = failing = unsteady = 0
    batch = []

    def settle():
        nonlocal found, unsteady
        for case, answer in zip(batch, answers(options.nnbook, [case[2] for case in batch])):
            reason = difference(case[2], case[3], case[4], *answer)
            if reason is None:
                continue
            if oracle.is_unsteady(case[2], case[3], case[4]):
                unsteady += 1
                continue
            found += 1
            if found <= options.show:
                print(told(seed, case, answer, reason), flush=True)
        batch.clear()

    for case in cases(seed, options.count, options.suite):
        if options.only is not None and case[0] != options.only:
            continue
        failing += case[4] is not None
        if isinstance(case[4], oracle.Unpromised):
            unsteady += 1
            continue
        batch.append(case)
        if len(batch) == BATCH:
            settle()
    settle()
    print(f"property: {options.count} programs, {failing} of them meant to fail, "
          f"{unsteady} skipped for hanging on a last digit, {found} differences, "
          f"{time.time() - started:.0f} s (seed {seed})")
    sys.exit(1 if found else 0)


main()
