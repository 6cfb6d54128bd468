"""Rows of measurements, beside their peers and their targets."""


class Row:
    """What took `ours` seconds here and `theirs` with the peer; `target` is the ratio to reach."""

    def __init__(self, title, ours, peer="", theirs=None, target=None, limit=None):
        self.title, self.ours, self.peer, self.theirs = title, ours, peer, theirs
        self.target, self.limit = target, limit

    @property
    def is_met(self):
        """None without a target, or without the peer it is told against."""
        if self.limit is not None:
            return self.ours < self.limit
        if self.target is None or self.theirs is None:
            return None
        return self.theirs / self.ours >= self.target

    def cells(self):
        ratio = self.theirs / self.ours if self.theirs is not None else None
        if self.limit is not None:
            target, short = f"< {time(self.limit)}", self.ours / self.limit - 1
        else:
            target = f"≥ {self.target}" if self.target else ""
            short = 1 - ratio / self.target if ratio and self.target else 0
        verdict = {None: "", True: "met", False: f"falls short by {short:.0%}"}[self.is_met]
        if self.target and ratio is None:
            verdict = "no peer"
        return [self.title, time(self.ours), self.peer,
                time(self.theirs) if self.theirs is not None else "",
                f"{ratio:.2f}" if ratio else "", target, verdict]


class Share:
    """A measure with a bound of its own: `value` should be at least, or at most, `target`."""

    def __init__(self, title, value, target, unit, is_met):
        self.title, self.value, self.target, self.unit, self.is_met = (
            title, value, target, unit, is_met)

    def cells(self):
        sign = "≥" if self.unit == "%" else "≤"
        short = abs(self.value / self.target - 1)
        return [self.title, f"{self.value:.0f} {self.unit}", "", "", "",
                f"{sign} {self.target:.0f} {self.unit}",
                "met" if self.is_met else f"falls short by {short:.0%}"]


HEAD = ["", "nnbook", "peer", "peer's", "ratio", "target", ""]


def time(seconds):
    if seconds >= 0.1:
        return f"{seconds * 1e3:.0f} ms"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e3:.3f} ms"


def text(rows):
    table = [HEAD] + [row.cells() for row in rows]
    widths = [max(len(line[i]) for line in table) for i in range(len(HEAD))]
    left = (0, 2, 6)
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i in left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths))).rstrip()
        for line in table)


def markdown(rows):
    lines = [HEAD, ["---", "---:", "---", "---:", "---:", "---", "---"]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines + [row.cells() for row in rows])
