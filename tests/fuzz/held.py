"""Arrays that something is given after something was computed with them, and that are written there: three tables, each with each.

y = x * 2.0
s = np.sin(y)                   READ: the reverse sweep asks for what y was
q = []; q.append(y)             GIVEN: a way to y that is not its name
q[0][1] = c * x[0]              WRITE: by that way
return s[1] * s[0] + q[0][0] * q[0][2]

The whole may stand in a loop, in a branch, or in a function that its caller gives an array.
"""

from __future__ import annotations

import random
import textwrap

import numpy as np

from tests.fuzz.grammar import Sample

__all__ = ["Held"]

HELPERS = """from collections import deque


class Box_{seed}:
    def __init__(self, v):
        self.v = v


class Stack_{seed}:
    def __init__(self):
        self.items = []

    def push(self, v):
        self.items.append(v)

    def last(self):
        return self.items[-1]


def put_{seed}(q, y):
    q.append(y)


def same_{seed}(v):
    return v


def change_{seed}(p, k):
    p[0] = k * p[1]
"""
MADE = ("y = x * 2.0", "y = x * 2.0", "y = x", "y = x.copy()")
READ = (
    ("s = np.sin(y)", "s[1] * s[0]"),
    ("s = y * y", "np.sum(s)"),
    ("s = y[0] * y[1]", "s"),
    ("s = np.dot(y, y)", "s"),
    ("s = 0.0; for v in y:; s += v * v", "s"),
)
GIVEN = (  # how y gets there, and the way to it
    ("q = []; q.append(y)", "q[0]"),
    ("q = []; q.extend([x, y])", "q[1]"),
    ("q = [0.0, None]; q[1] = y", "q[1]"),
    ("q = {}; q['a'] = y", "q['a']"),
    ("q = {'a': x}; q.update(a=y)", "q['a']"),
    ("q = {}; q.setdefault('a', y)", "q['a']"),
    ("q = dict(a=y)", "q['a']"),
    ("q = {**{'a': x}, 'b': y}", "q['b']"),
    ("q = {k: v for k, v in [('a', x), ('b', y)]}", "q['b']"),
    ("q = [v for v in (x, y)]", "q[1]"),
    ("q = [x]; q.insert(0, y)", "q[0]"),
    ("q = [x, x]; q[1:] = [y]", "q[1]"),
    ("q = [x]; q = q + [y]", "q[1]"),
    ("q = [x, y]; q[0], q[1] = q[1], q[0]", "q[0]"),
    ("q = (x, y)", "q[1]"),
    ("a, *q = (x, y)", "q[0]"),
    ("q = list(zip([x], [y]))", "q[0][1]"),
    ("q = sorted([y], key=lambda v: v[0])", "q[0]"),
    ("q = deque(); q.append(y)", "q[0]"),
    ("r = [x]; r.append(y); q = r.pop()", "q"),
    ("q = Box_{seed}(y)", "q.v"),
    ("q = Box_{seed}(x); q.v = y", "q.v"),
    ("q = Box_{seed}(Box_{seed}(None)); q.v.v = y", "q.v.v"),
    ("q = [Box_{seed}(None)]; q[0].v = y", "q[0].v"),
    ("q = Box_{seed}([]); q.v.append(y)", "q.v[0]"),
    ("q = {'k': []}; q['k'].append(y)", "q['k'][0]"),
    ("q = Stack_{seed}(); q.push(y)", "q.items[-1]"),
    ("q = Stack_{seed}(); q.push(y)", "q.last()"),
    ("q = []; put_{seed}(q, y)", "q[0]"),
    ("q = same_{seed}(y)", "q"),
    ("q = []; def add(v):; q.append(v); ; add(y)", "q[0]"),
    ("q = y[:]", "q"),
    ("q = y[::-1]", "q"),
    ("q = []; q.append(y[:])", "q[0]"),
    ("q = y if c > 0.8 else x", "q"),
    ("q = [x]; if c > 0.8:; q.append(y); else:; q.append(x)", "q[1]"),
    ("q = []; for _ in range(2):; q.append(y)", "q[1]"),
)
WRITE = (
    "{way}[1] = c * x[0]",
    "{way}[1] *= x[2]",
    "{way}[:] = c * x",
    "{way}[::-1][0] = c",
    "{way}[[0, 2]] = c",
    "{way}[{way} > 1.0] *= c",
    "{way}.fill(c)",
    "{way}.sort()",
    "{way}.put([0], [c])",
    "p = {way}; p += c",
    "p = {way}; p *= x[0]",
    "p = {way}; p[0] = x[1]",
    "np.copyto({way}, x)",
    "np.multiply(x, c, out={way})",
    "np.add.at({way}, [0, 0], c)",
    "{way}[0], {way}[1] = {way}[1], {way}[0]",
    "change_{seed}({way}, x[1])",
    "for i in range(3):; {way}[i] = {way}[i] * x[i]",
    "n = 0; while n < 2:; {way}[n] *= c; n += 1",
    "if c > 0.9:; {way}[1] = x[0]",
)
AFTER = (
    ("", "0.0"),
    ("", "0.0"),
    ("u = np.sin({way}); {way}[2] = c * x[1]", "u[0] * u[2]"),
    ("u = {way} * {way}", "np.sum(u)"),
    ("y = y * y; u = y[0]", "u"),
    ("u = {way}[0] * {way}[1]; {way}[0] = u", "u"),
)
AROUND = ("", "", "loop", "while", "branch", "helper", "twice")


class Held:
    """One choice of each table."""

    def __init__(self, seed: int, family: str) -> None:
        self.r = random.Random(f"{family}-{seed}")
        self.seed, self.entry = seed, f"f_{family}_{seed}"

    def sample(self) -> Sample:
        """The program of the seed."""
        r = self.r
        (read, used), (given, way), (after, late) = r.choice(READ), r.choice(GIVEN), r.choice(AFTER)
        total = f"total = {used} + {{way}}[0] * {{way}}[2] + {late}"
        parts = (r.choice(MADE), read, given, r.choice(WRITE), after, total)
        body = "".join(_lines(part.replace("{way}", way).replace("{seed}", str(self.seed))) for part in parts if part)
        text = HELPERS.replace("{seed}", str(self.seed)) + "\n\n" + self.placed(body, r.choice(AROUND))
        args = (np.array([r.uniform(0.5, 1.5) for _ in range(3)]), r.uniform(0.5, 1.5))
        return Sample(text, self.entry, args, (0, 1))

    def placed(self, body: str, around: str) -> str:
        """The function, with its ``body`` where it stands."""
        head, inner = f"def {self.entry}(x, c):\n", f"g_{self.seed}"
        if around == "loop":
            body = "result = 0.0\nfor k in range(2):\n" + _deeper(body + "result = result + total * x[k]\n") + "return result\n"
        elif around == "while":
            turn = body + "result += total\nx = x * 0.5 + result * 0.01\nk += 1\n"
            body = "result, k = 0.0, 0\nwhile k < 2:\n" + _deeper(turn) + "return result\n"
        elif around == "branch":
            body = "total = 0.0\nif c < 1.2:\n" + _deeper(body) + "return total * x[0]\n"
        else:
            body += "return total\n"
        if around not in ("helper", "twice"):
            return head + _deeper(body)
        call = f"{inner}(z, c)"
        whole = f"z = x * 1.0\nreturn {call} * x[0]\n" if around == "helper" else f"z = x * 1.0\na = {call}\nreturn a * {call} + z[0]\n"
        return f"def {inner}(x, c):\n{_deeper(body)}\n\n{head}{_deeper(whole)}"


def _lines(row: str) -> str:
    """``a; if b:; c; ; d`` in lines: what follows a colon is indented, up to an empty statement or an else."""
    lines, depth = list[str](), 0
    for part in row.split("; "):
        if not part.strip() or part.startswith("else"):
            depth = 0
        if part.strip():
            lines.append("    " * depth + part.strip() + "\n")
        depth += part.endswith(":")
    return "".join(lines)


def _deeper(text: str) -> str:
    return textwrap.indent(text, "    ")
