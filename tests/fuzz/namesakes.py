"""Programs of other families with NumPy's names: functions, methods and fields of the user's that are called as those of arrays are.

def g_7_0(a, b): ...                 def flip(a, b): ...
m = Model_7(x, y)           ==>      m = Model_7(x, y)
m.step(m.w)                          m.mean(m.shape)

What is a number is annotated as one here and there, as people do; and what is none is, too.
"""

from __future__ import annotations

import random
import re

from tests.fuzz.grammar import Sample

__all__ = ["renamed"]

FUNCTIONS = (
    "flip", "mean", "where", "diag", "split", "ravel", "reshape", "copy", "transpose", "dot", "norm", "zeros_like", "take", "clip", "real", "trace",
    "roll", "outer", "cross", "sort", "squeeze", "stack", "add", "subtract", "power", "floor", "sign", "conj", "empty", "full", "asarray", "shape",
)  # fmt: skip
METHODS = (
    "mean",
    "copy",
    "dot",
    "ravel",
    "clip",
    "take",
    "round",
    "max",
    "flatten",
    "sum",
    "std",
    "trace",
    "conj",
    "repeat",
    "reshape",
    "flip",
    "exp",
)
FIELDS = ("shape", "size", "T", "real", "flat", "ndim", "imag", "scale", "mass", "dtype", "mT", "base")
OWN = {"closures": ("w", "b"), "slots": ("items",)}
OWN_METHODS = {"closures": ("predict", "step", "norm"), "slots": ("push", "last")}


def renamed(sample: Sample, family: str, seed: int) -> Sample:
    """The program under other names; it computes the same."""
    r, text = random.Random(f"namesakes-{family}-{seed}"), sample.text
    functions = [name for name in re.findall(r"^def (\w+)", text, re.MULTILINE) if name != sample.entry]
    free = [name for name in FUNCTIONS if not re.search(rf"(?<![.\w]){name}\b", text)]
    for name, new in zip(functions, r.sample(free, len(free)), strict=False):
        text = re.sub(rf"(?<![.\w]){name}\b", new, text)
    for own, pool in ((OWN, FIELDS), (OWN_METHODS, METHODS)):
        wanted = own.get(family, ())
        for name, new in zip(wanted, r.sample([n for n in pool if f".{n}" not in text], len(wanted)), strict=True):
            text = re.sub(rf"(?<=\.){name}\b", new, text)
            text = re.sub(rf"(?<=    def ){name}\(self", f"{new}(self", text)
    return sample._replace(text=annotated(text, sample.entry, r))


def annotated(text: str, entry: str, r: random.Random) -> str:
    """Some parameters of the functions that are called get annotations; those of numbers, whatever they are given."""

    def noted(found: re.Match[str]) -> str:
        if found[1] == entry or r.random() < 0.5:
            return found[0]
        names = [p if not p.isidentifier() or p == "fn" or r.random() < 0.5 else f"{p}: float" for p in found[2].split(", ")]
        return f"def {found[1]}({', '.join(names)}):"

    return re.sub(r"^def (\w+)\(([^)]*)\):", noted, text, flags=re.MULTILINE)
