"""A folder of small notebooks in several versions, and what nnbook makes of each.

For the scripts that disturb renders: kill, together, full-disk. The versions have the same files
with other contents, so that going from one to another writes every page, record and saved file and
most entries of the cache again.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

VERSIONS = 3

HEAD = """---
title: The list, version {v}
---

{v} is the version of what is listed here.
"""

# Every cell depends on the first, so that `run` with --downstream brings all of the page up to date.
CHAIN = """---
title: A chain, version {v}
params:
  factor: {v}
---

```nn first
seed {v}
x = normal(0, 1, (120, 30)) * factor
print x[:3, :4]
```

The mean is `nn round(mean(x), 4)`.

```nn kept
w = x.T @ x
save w to "w.npy"
save x, w to "deep/both.npz"
heatmap w
```

```nn shown caption="As points"
scatter x[:, 0], x[:, 1] title="Version {v}"
histogram w
bar abs(x[0])
```

```nn large
big = repeat(w, 20, axis=0)
image big[:60]
print sum(big)
```
"""

TRAINING = """---
title: A training, version {v}
---

```nn data
seed {v}
x = [[0, 0], [0, 1], [1, 0], [1, 1]]
y = [[0], [1], [1], [0]]
network net:
    input 2
    dense 6 tanh
    dense 1 sigmoid
```

```nn train
train net on x, y epochs={epochs} lr=0.5 batch=2 optimizer="adam"
plot net.history.loss
diagram net
weights net
```

```nn keep
save net to "net.npz"
```

```nn again
init net from "net.npz"
print net(x)
evaluate net on x, y
```
"""

SMALL = """---
title: Number {place}, version {v}
---

# A table of {place}

```nn table
seed {place} + {v}
t = rand(12, 4)
table t
save t to "t.npy"
```

![a picture](dot.png)

```nn line
plot t[:, 0], t[:, 1]
print "version {v}, sum", sum(t)
```
"""

# One pixel.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


def sources(version):
    """The files of a version, by their paths below `nb`."""
    v = version + 1
    texts = {"index.md": HEAD.format(v=v), "chain.md": CHAIN.format(v=v),
             "training.md": TRAINING.format(v=v, epochs=100 + 50 * v)}
    for place in range(3):
        texts[f"small/s{place}.md"] = SMALL.format(place=place, v=v)
    files = {path: text.encode() for path, text in texts.items()}
    return {**files, "small/dot.png": PICTURE}


def is_temporary(path):
    """Whether a path is that of a file being written."""
    return path.name.startswith(".nnbook-") and path.name.endswith(".tmp")


class Wrong(Exception):
    """Something is not as it was promised."""


def files_below(folder):
    """The bytes of every file, by its path below the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()}


class Sample:
    """The notebooks in a folder of their own."""

    def __init__(self, nnbook, root):
        self.nnbook = os.path.abspath(nnbook)
        self.root = pathlib.Path(root)

    # MARK: What should be

    def learn(self):
        """Renders every version undisturbed, from nothing."""
        self.pages, self.kept = [], []
        for version in range(VERSIONS):
            with tempfile.TemporaryDirectory(prefix="nnbook-sample-") as folder:
                fresh = Sample(self.nnbook, folder)
                fresh.write(version)
                fresh.render()
                self.pages.append(files_below(fresh.root / "output"))
                self.kept.append(files_below(fresh.root / ".nnbook"))
        for one, other in zip(self.pages, self.pages[1:]):
            if one.keys() != other.keys() or any(one[path] == other[path] for path in one):
                raise Wrong("the versions do not differ in every file")
        entries = {}
        for kept in self.kept:
            for path, content in kept.items():
                if entries.setdefault(path, content) != content:
                    raise Wrong(f"two renders keep different things in {path}")
        self.entries = entries

    # MARK: Doing

    def write(self, version):
        self.version = version
        for path, content in sources(version).items():
            file = self.root / "nb" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def start(self, *arguments):
        environment = {key: value for key, value in os.environ.items() if key != "CI"}
        return subprocess.Popen(
            [self.nnbook, *arguments], cwd=self.root, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def finish(self, process):
        """The exit code and the messages."""
        messages = process.communicate(timeout=300)[1].decode()
        return process.returncode, messages

    def render(self, *arguments):
        """Renders undisturbed."""
        code, messages = self.finish(self.start("render", "nb", *arguments))
        if code != 0:
            raise Wrong(f"render ended with {code}\n{messages}")
        return messages

    def forget(self, r):
        """Takes some of the cache away, or all of it, or nothing."""
        folder, share = self.root / ".nnbook", r.choice([0, 0.5, 1, 1])
        if share == 1:
            shutil.rmtree(folder, ignore_errors=True)
        for path in sorted(folder.glob("*/*")):
            if not is_temporary(path) and r.random() < share:
                path.unlink()

    # MARK: What is

    def temporaries(self):
        return [path for path in self.root.rglob("*") if is_temporary(path)]

    def check_whole(self):
        """Every file is one of some version, whole.

        Returns which version each page belongs to, by its path.
        """
        found = {}
        for path, content in files_below(self.root / "output").items():
            if is_temporary(pathlib.Path(path)):
                continue
            versions = [version for version, pages in enumerate(self.pages)
                        if pages.get(path) == content]
            if not versions:
                raise Wrong(f"output/{path} is of no version")
            found[path] = versions[0]
        for path, content in files_below(self.root / ".nnbook").items():
            if not is_temporary(pathlib.Path(path)) and self.entries.get(path) != content:
                raise Wrong(f".nnbook/{path} is not what an undisturbed render keeps")
        if files_below(self.root / "nb") != sources(self.version):
            raise Wrong("the sources have changed")
        return found

    def check_right(self):
        """Pages, records and saved files are those of the present version, and nothing else is."""
        pages = files_below(self.root / "output")
        wanted = self.pages[self.version]
        wrong = [path for path in sorted(pages.keys() | wanted.keys())
                 if pages.get(path) != wanted.get(path)]
        if wrong:
            raise Wrong(f"not as an undisturbed render makes them: {wrong}")
        self.check_whole()

    def check_clean(self):
        left = [str(path.relative_to(self.root)) for path in self.temporaries()]
        if left:
            raise Wrong(f"left behind: {left}")
