"""The optimiser's passes on IR as text: ``tests/passes/optimise/<pass>/<case>.txt`` hold a before and an after."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from passes.optimise.ir_text import parse
from passes.optimise.run_ir import run

from tangentx.ir.nodes import Function
from tangentx.ir.show import show
from tangentx.ir.verify import VerificationError, verify
from tangentx.optimise import optimise

CASES = Path(__file__).parent / "passes" / "optimise"
PASSES = {
    "dead": "remove_dead",
    "fold": "fold",
    "chains": "flatten_chains",
    "share": "share",
    "merge": "merge_branches",
    "scalars": "keep_scalars",
    "defer": "defer",
}


def find_pass(name: str) -> Callable[[Function], Function]:
    """The public function of a pass's file."""
    return getattr(importlib.import_module(f"tangentx.optimise.{name}"), PASSES[name])


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_golden(path: Path, request: pytest.FixtureRequest) -> None:
    """Each case gives its output, stays well formed, and is left alone by a second run."""
    before, _, after = path.read_text().partition("\n# output\n")
    function = parse(before)
    raw = path.stem.startswith("raw")
    verify(function, raw=raw)
    run = find_pass(path.parent.name)
    result = run(function)
    verify(result, raw=raw)
    assert run(result) == result
    if request.config.getoption("--update-golden", default=False):
        path.write_text(f"{before.rstrip()}\n\n# output\n{show(result)}")
    assert show(result) == after.lstrip("\n")


class _Random:
    """Random derived code over two user's values and an adjoint: operators, repeated values, branches, loops, tapes."""

    def __init__(self, seed: int) -> None:
        self.random, self.count = random.Random(seed), 0

    def function(self) -> Function:
        lines = ["    x2 = x * y", "    t = x < y", "    tape = new tape"]
        names = self.block(lines, ["x", "y", "g_bar", "x2"], "    ", 2)
        lines.append(f"    result = tuple({', '.join(names[-6:])})")
        return parse("Function f(x, y, g_bar)\n" + "\n".join(lines) + "\n    return result\n")

    def name(self) -> str:
        self.count += 1
        return f"v_bar.{self.count}" if self.random.random() < 0.5 else f"v.{self.count}"

    def block(self, lines: list[str], names: list[str], indent: str, depth: int) -> list[str]:
        names = list(names)
        for _ in range(self.random.randint(3, 9)):
            kind = self.random.random()
            if depth and kind < 0.12:
                names.append(self.branch(lines, names, indent, depth))
            elif depth and kind < 0.24:
                names.append(self.loop(lines, names, indent, depth))
            else:
                new = self.name()
                lines.append(f"{indent}{'~' if self.random.random() < 0.9 else ''}{new} = {self.value(names)}")
                names.append(new)
        return names

    def value(self, names: list[str]) -> str:
        a, b = (self.random.choice(names[-7:] if self.random.random() < 0.7 else names) for _ in range(2))
        number = self.random.choice(["1", "2", "-1", "0", "0.5", "-3.0", "1.0", "0.0"])
        forms = [f"{a} * {b}", f"{a} + {b}", f"{a} - {b}", f"-{a}", f"{a} / {b}", f"{a} * {number}", f"{number} * {a}", f"{a} + {a}", f"{a}"]
        forms += [f"unbroadcast({a}, x)", f"{a} ** 2", f"{a} + {number}", f"{number} / {a}", f"{a} ** 1", f"np.sin({a})", f"-{a}", f"{a} * {b}"]
        return self.random.choice(forms)

    def branch(self, lines: list[str], names: list[str], indent: str, depth: int) -> str:
        derived, new = "~" if self.random.random() < 0.7 else "", self.name()
        lines.append(f"{indent}{derived}if t:")
        then = self.block(lines, names, indent + "    ", depth - 1)[-1]
        lines.append(f"{indent}else:")
        orelse = self.block(lines, names, indent + "    ", depth - 1)[-1]
        lines.append(f"{indent}join {new} = {then} | {orelse}")
        return new

    def loop(self, lines: list[str], names: list[str], indent: str, depth: int) -> str:
        new, tape, item, back = self.name(), self.name(), self.name(), self.name()
        lines.append(f"{indent}{tape} = new tape")
        at = len(lines)
        inner = self.block(lines, [*names, new], indent + "    ", depth - 1)
        lines.insert(at, f"{indent}for i.{at} in range(0, 3, 1) [{new} = {self.random.choice(names)} <- {inner[-1]}]:")
        lines.append(f"{indent}    append {tape} <- {inner[-2]}, {inner[-1]}")
        total = self.name()
        lines.append(f"{indent}~for {item}, _ in {tape} backwards [{back} = {new} <- {total}]:")
        lines.append(f"{indent}    ~{total} = {back} + {item}")
        return back


@pytest.mark.parametrize("name", [*PASSES, "all"])
def test_values_stay(name: str) -> None:
    """Random derived code computes the same before and after each pass, and is well formed."""
    step = optimise if name == "all" else find_pass(name)
    for seed in range(60):
        before = _Random(seed).function()
        verify(before)
        after = step(before)
        verify(after)
        for x, y in ((0.7, 1.3), (1.9, 0.4)):
            with np.errstate(all="ignore"):
                expected, found = (run(f, np.float64(x), np.float64(y), np.float64(1.1)) for f in (before, after))
            big = np.abs(np.array(expected, float))
            np.testing.assert_allclose(
                np.where(big < 1e12, found, 0), np.where(big < 1e12, expected, 0), rtol=1e-7, atol=1e-7, err_msg=f"seed {seed}"
            )


BROKEN = {
    "is read where it is not defined: z = y": "if t:\n    y = x * x\nz = y * x\nreturn z",
    "is read where it is not defined: y = s": "while [x.1 = x <- y]:\n    s = x.1 * 2\ntest s do\n    y = s * 2\nreturn x.1",
    "is defined twice": "y = x * x\ny = x + x\nreturn y",
    "has overwritten it: z = u": "u = np.zeros_like(x)\nu.1 = store u[0] = 1.0\nz = u * 2\nreturn z",
    "has overwritten it: s = u": (
        "u = np.zeros_like(x)\nfor i in range(0, 3, 1) [a.1 = 0 <- s]:\n    s = u * 2\n    u.1 = store u[0] = 1.0\nr = a.1 * u.1\nreturn r"
    ),
    "not in tail position": "for i in range(0, 3, 1) []:\n    if t:\n        break\n    effect print(x)\nreturn x",
    "is not a tape": "y = 1.0\nappend y <- x\nreturn x",
    "an undefined value is read": "y = x * undef\nreturn y",
    "a mirror is left": "for mirror of 1 [y = x <- y]: mirrors #1\n    pass\nreturn y",
}


@pytest.mark.parametrize("reason", BROKEN)
def test_verify_refuses(reason: str) -> None:
    """Each rule of the IR, broken once."""
    with pytest.raises(VerificationError, match=reason):
        verify(parse("Function f(x, t)\n" + "\n".join(f"    {line}" for line in BROKEN[reason].splitlines())))


def test_verify_knows_two_faces() -> None:
    """A join makes a name visible, a mirror reads the arm that it mirrors, an overwritten array still has a shape."""
    text = """Function f(x, t)
    u = np.zeros_like(x)
    if t: #1
        y = x * u
    else:
        u.1 = store u[0] = 1.0
    join y.1 = y | x
    join u.2 = u | u.1
    s = np.shape(u)
    ~if t: mirrors #1
        ~g = y * u
    join h = g | 0.0
    r = tuple(h, s, u.2, y.1)
    return r
"""
    verify(parse(text), raw=True)
