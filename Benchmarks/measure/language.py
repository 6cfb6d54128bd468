"""Start-up, rendering, loops, and the tutorials' own programs beside the same in Python."""
import os
import shutil
import sys

from . import contest
from .report import Row


def start_up(nnbook, turns):
    contestants = [
        contest.Command(nnbook, "--version"), contest.Command(sys.executable, "-c", "pass")]
    ours, theirs = contest.medians(contestants, turns)
    return Row("nnbook --version", ours, "python3 -c pass", theirs, limit=0.01)


def render(nnbook, folder, turns):
    letters = os.path.join(contest.ROOT, "notebooks", "letters.md")
    ours = contest.Command(nnbook, "render", letters, "-o", folder)
    title = "nnbook render letters.md"
    jupyter = shutil.which("jupyter")
    if jupyter is None:
        return Row(title, contest.medians([ours], turns)[0], "no jupyter", limit=0.05)
    notebook = os.path.join(os.path.dirname(contest.HERE), "letters.ipynb")
    times = contest.medians(
        [ours, contest.Command(jupyter, "nbconvert", "--execute", "--to", "html", "--output-dir",
                               folder, notebook)], min(turns, 3))
    return Row(title, times[0], "jupyter nbconvert --execute", times[1], limit=0.05)


# title, program, its short and its long run, how many turns of it the row tells.
LOOPS = [
    ("10 million turns of an integer loop", "integers", 1_000, 3_000_000, 10_000_000),
    ("100,000 points of the Mandelbrot set", "mandelbrot", 1_000, 50_000, 100_000),
    ("1 million calls of a function", "calls", 1_000, 1_000_000, 1_000_000),
    ("1 million appends to a list", "appending", 1_000, 1_000_000, 1_000_000),
    ("fib(30) by recursion", "fibonacci", 5, 30, 25),
]


def loops(nnbook, folder, turns):
    """Programs that Python runs as they stand."""
    rows = []
    for title, name, short, long, per in LOOPS:
        file = contest.program(name, folder, setting="count")
        ours, theirs = contest.medians([
            contest.Growth(lambda n: [nnbook, "eval", file(n)], short, long, per),
            contest.Growth(lambda n: [sys.executable, file(n)], short, long, per)], turns)
        limit = 0.5 if name == "integers" else None
        rows.append(Row(title, ours, "Python", theirs, limit=limit))
    return rows


# title, program, its short and its long run, how many turns of it the row tells, target.
BY_HAND = [
    ("letters by hand, 100 epochs", "letters", 100, 20_100, 100, 10),
    ("digits by hand, 42000 x 784-16-10, an iteration", "digits", 1, 11, 1, 1.5),
    ("Fashion by hand, 5000 x 784-128-10, an epoch", "fashion", 1, 21, 1, 1.5),
    ("the same in batches of 32 with relu", "fashion-batches", 1, 11, 1, None),
]


def by_hand(nnbook, folder, turns):
    """The tutorials' own training loops; the same lines in nn and in Python."""
    rows = []
    for title, name, short, long, per, target in BY_HAND:
        file = contest.program(name, folder)
        python = os.path.join(contest.PROGRAMS, f"{name}.py")
        ours, theirs = contest.medians([
            contest.Growth(lambda n: [nnbook, "eval", file(n)], short, long, per),
            contest.Growth(lambda n: [sys.executable, python, str(n)], short, long, per)], turns)
        rows.append(Row(title, ours, "NumPy", theirs, target))
    return rows
