"""Contestants take turns, so that a machine whose speed drifts slows all of them alike."""
import os
import re
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = os.path.join(os.path.dirname(HERE), "programs")
ROOT = os.path.dirname(os.path.dirname(HERE))

# The threads of OpenBLAS and OpenMP go on spinning after their work and would take the next
# contestant's processors.
PAUSE = 0.2


def fail(message):
    sys.exit(f"Benchmarks/run: {message}")


def seconds(command):
    start = time.perf_counter()
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    taken = time.perf_counter() - start
    if result.returncode != 0:
        print(result.stderr.decode(errors="replace"), file=sys.stderr)
        fail(f"{' '.join(command)} ended with {result.returncode}")
    return taken


class Command:
    """A whole process."""

    def __init__(self, *command):
        self.command = command

    def measure(self):
        return seconds(self.command)


class Growth:
    """What a loop takes for `per` turns: a long run less a short one, one after the other, so that
    start-up and preparation cancel out. `command(turns)` is the run of so many turns."""

    def __init__(self, command, short, long, per):
        self.short, self.long = command(short), command(long)
        self.share = per / (long - short)

    def measure(self):
        short = seconds(self.short)
        return (seconds(self.long) - short) * self.share


class Peer:
    """A training by `peer.py`, in a process that lives from turn to turn and measures its epochs
    alone; its first turn, which is not counted, makes it warm."""

    def __init__(self, folder, shape, library, dtype, epochs, threads):
        self.epochs = epochs
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "peer.py"), folder, shape, library, dtype,
             str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def measure(self):
        self.process.stdin.write(f"{self.epochs}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            fail(f"{' '.join(self.process.args)} ended")
        return float(answer) / self.epochs

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def medians(contestants, turns):
    """The median seconds of each contestant, one turn not counted."""
    times = [[] for _ in contestants]
    for turn in range(turns + 1):
        for index, contestant in enumerate(contestants):
            time.sleep(PAUSE)
            taken = contestant.measure()
            if turn > 0:
                times[index].append(taken)
    return [statistics.median(one) for one in times]


def program(name, folder, setting="epochs", dtype=None):
    """Gives the file of an nn program with so many turns, in `folder`."""
    with open(os.path.join(PROGRAMS, f"{name}.nn"), encoding="utf-8") as file:
        text = file.read()
    if dtype:
        text = text.replace("dtype=float64", f"dtype={dtype}")

    def with_turns(turns):
        path = os.path.join(folder, f"{name}-{dtype}-{turns}.nn")
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub(rf"^{setting} = \d+$", f"{setting} = {turns}", text, flags=re.M))
        return path

    return with_turns
