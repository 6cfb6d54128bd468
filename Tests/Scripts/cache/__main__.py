"""The cache's property test: an incremental render gives what a fresh one gives.

    python3 Tests/Scripts/cache NNBOOK --edits 2000 [--seed 7] [--notebooks 40]

Random notebooks are edited at random, rendered with the cache and without it, and both outputs,
messages and exit codes are compared byte for byte. Between the renders entries of the cache are
removed and damaged, data files change, single cells run, parameters are set, and nnbook is replaced
by another one. In a last part, edits that change no program must run nothing. The seed is printed;
the same seed gives the same edits. Exit code 1 tells a difference, and where the folder is.
"""

import argparse
import copy
import difflib
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

import edits
import generate

# Small enough that values of the notebooks are not kept, and their cells run again.
FEW_BYTES = "2000"

# Every entry of the cache is synced; a disk would be waited for most of the time.
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Difference(Exception):
    pass


class Folder:
    """Notebooks in a folder of their own, with data, and what they were before."""

    def __init__(self, r, nnbook, count):
        self.r = r
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="nnbook-cache-", dir=IN_MEMORY))
        self.engines = [nnbook]
        self.notebooks = [generate.notebook(r) for _ in range(count)]
        self.history = [[] for _ in range(count)]
        self.made = ["new"] * count
        (self.root / "nb/data").mkdir(parents=True)
        self.write_data()
        self.write()

    def write(self):
        for place, notebook in enumerate(self.notebooks):
            (self.root / f"nb/n{place}.md").write_text(notebook.text())

    def write_data(self):
        r, data = self.r, self.root / "nb/data"
        rows = [f"{r.randint(1, 9)},{r.randint(1, 9)}.5,{r.choice('pq')}" for _ in range(3)]
        (data / "small.csv").write_text("\n".join(["u,v,kind", *rows]) + "\n")
        rows.append("7,8,p")
        (data / "more.csv").write_text("\n".join(["u,v,kind", *rows]) + "\n")

    # MARK: What happens between renders

    def edit(self):
        for place, notebook in enumerate(self.notebooks):
            if len(self.history[place]) > 1 and self.r.random() < 0.08:
                self.notebooks[place] = copy.deepcopy(self.r.choice(self.history[place]))
                self.made[place] = "an earlier version"
            else:
                self.history[place] = self.history[place][-5:] + [copy.deepcopy(notebook)]
                self.made[place] = edits.edit(self.r, notebook)
        self.write()

    def touch_data(self):
        data = self.root / "nb/data"
        kind = self.r.randrange(4)
        if kind == 0:
            self.write_data()
        elif kind == 1:
            (data / "small.csv").unlink(missing_ok=True)
        elif kind == 2:
            (data / "small.csv").write_text("u,v,kind\n1,oops,p\n")
        else:
            (data / "small.csv").touch()
        return f"data {kind}"

    def entries(self):
        return sorted(path for path in (self.root / ".nnbook").glob("*/*") if path.is_file())

    def damage(self):
        entries = self.entries()
        for path in self.r.sample(entries, len(entries) // 4):
            kind = self.r.randrange(5)
            content = bytearray(path.read_bytes())
            if kind == 0:
                path.unlink()
            elif kind == 1 and content:
                content[self.r.randrange(len(content))] ^= 1 << self.r.randrange(8)
                path.write_bytes(content)
            elif kind == 2:
                path.write_bytes(content[:self.r.randrange(len(content) + 1)])
            elif kind == 3:
                path.write_bytes(content + b"\0")
            else:
                # Whole, but another one's.
                other = self.r.choice(entries)
                path.write_bytes(other.read_bytes() if other.exists() else b"")
        return "damage"

    def evict(self):
        kind = self.r.choice(["cells", "values", "tensors"])
        for path in self.entries():
            if path.parent.name == kind and self.r.random() < 0.7:
                path.unlink()
        return f"evict {kind}"

    def run_cells(self):
        for _ in range(3):
            place = self.r.randrange(len(self.notebooks))
            cells = len(self.notebooks[place].cells())
            more = self.r.choice([[], ["--downstream"], ["--dry-run"]])
            if cells:
                self.nnbook(["run", f"nb/n{place}.md", str(self.r.randint(1, cells)), "-o", "old",
                             *more])
        return "run"

    def replace_engine(self):
        if len(self.engines) == 1:
            other = self.root / "nnbook"
            shutil.copy(self.engines[0], other)
            self.engines.append(str(other))
        self.engines.reverse()
        return "engine"

    # MARK: Rendering

    def nnbook(self, arguments, few=False):
        environment = dict(os.environ)
        if few:
            environment["NNBOOK_CACHE_VALUE"] = FEW_BYTES
        result = subprocess.run([self.engines[0], *arguments], cwd=self.root, env=environment,
                                capture_output=True, timeout=500)
        if result.returncode not in (0, 2, 64, 65, 66):
            raise Difference(f"{arguments} ended with {result.returncode}\n"
                             + result.stderr.decode()[-3000:])
        return result

    def compare(self, settings=(), few=False):
        """Renders with and without the cache."""
        shutil.rmtree(self.root / "new", ignore_errors=True)
        arguments = ["render", "nb", *settings]
        cached = self.nnbook([*arguments, "-o", "old"], few)
        fresh = self.nnbook([*arguments, "-o", "new", "--no-cache"])
        for path in sorted((self.root / "new").rglob("*")):
            relative = path.relative_to(self.root / "new")
            if path.is_file():
                old = self.root / "old" / relative
                one, other = old.read_bytes() if old.exists() else b"", path.read_bytes()
                if one != other:
                    raise Difference(self.told(relative, one, other))
        messages = re.sub(r"(?m) → old/", " → new/", cached.stderr.decode())
        if messages != fresh.stderr.decode():
            raise Difference(self.told("messages", messages.encode(), fresh.stderr))
        if cached.returncode != fresh.returncode:
            raise Difference(f"exit code {cached.returncode}, not {fresh.returncode}")

    def told(self, name, one, other):
        lines = difflib.unified_diff(
            one.decode(errors="replace").splitlines(), other.decode(errors="replace").splitlines(),
            "incremental", "fresh", lineterm="", n=2)
        edit = re.match(r"n(\d+)\.", str(name))
        made = f", after {self.made[int(edit[1])]}" if edit else ""
        return f"{name}{made}\n" + "\n".join(line[:300] for _, line in zip(range(40), lines))


def round_of(folder, r):
    """Changes something and compares; what was changed besides the notebooks."""
    folder.edit()
    told = []
    for action, chance in [(folder.touch_data, 0.15), (folder.damage, 0.2), (folder.evict, 0.2),
                           (folder.run_cells, 0.2), (folder.replace_engine, 0.05)]:
        if r.random() < chance:
            told.append(action())
    settings = []
    if r.random() < 0.15:
        settings = ["-P", f"n={r.randint(1, 9)}", "-P", f"rate={r.randint(1, 9) / 10}"]
    few = r.random() < 0.3
    folder.last = (told, settings, few)
    folder.compare(settings, few)
    return told


# An assertion quotes its condition, an error points at its place; both come from the text itself.
QUOTING = re.compile(r"assert|error=true|cache=false")


def results(folder):
    """The entries that cells and values have, but for those of pages, which prose changes."""
    return {path: path.stat().st_ino for path in folder.entries() if path.parent.name != "pages"}


def check_quiet(r, nnbook, count):
    """Edits that change no program run no cell: no result is written to the cache."""
    folder = Folder(r, nnbook, 10 * count)
    problems = folder.nnbook(["render", "nb", "-o", "old"]).stderr.decode()
    with_problems = {int(found) for found in re.findall(r"nb/n(\d+)\.md:\d", problems)}
    quiet = [place for place, notebook in enumerate(folder.notebooks)
             if place not in with_problems and not QUOTING.search(notebook.text())]
    for place in set(range(len(folder.notebooks))) - set(quiet):
        (folder.root / f"nb/n{place}.md").unlink()
    folder.notebooks = [folder.notebooks[place] for place in quiet]
    folder.write()
    paths = [f"nb/n{place}.md" for place in range(len(quiet))]
    folder.nnbook(["render", *paths, "-o", "old"])
    before = results(folder)
    for place, notebook in enumerate(folder.notebooks):
        for _ in range(3):
            made = folder.r.choice(edits.QUIET)
            made(folder.r, notebook)
            folder.made[place] = made.__name__
    folder.write()
    folder.nnbook(["render", *paths, "-o", "old"])
    after = results(folder)
    if before != after:
        changed = [str(path) for path in after if before.get(path) != after[path]]
        raise Difference(f"edits of comments ran cells: {changed}\nThe folder: {folder.root}")
    folder.compare()
    shutil.rmtree(folder.root)
    return len(quiet)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("nnbook")
    parser.add_argument("--edits", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--notebooks", type=int, default=40)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else int.from_bytes(os.urandom(4), "big")
    print(f"cache: seed {seed}, {options.edits} edits", flush=True)
    started = time.time()
    r = random.Random(seed)
    done = rounds = 0
    folder = Folder(r, os.path.abspath(options.nnbook), options.notebooks)
    try:
        folder.last = None
        folder.compare()
        while done < options.edits:
            round_of(folder, r)
            done += options.notebooks
            rounds += 1
            if rounds % 10 == 0:
                # Notebooks that failed too often teach little.
                folder.notebooks = [generate.notebook(r) for _ in folder.notebooks]
                folder.history = [[] for _ in folder.notebooks]
                folder.write()
                folder.compare()
        quiet = check_quiet(r, folder.engines[0], options.notebooks)
    except Difference as difference:
        print(f"cache: seed {seed}, round {rounds}, {folder.last}: {difference}\n"
              f"The folder: {folder.root}")
        sys.exit(1)
    shutil.rmtree(folder.root)
    print(f"cache: {done} edits, {quiet} notebooks edited without running anything, no difference, "
          f"{time.time() - started:.0f} s (seed {seed})")


main()
