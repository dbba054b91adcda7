"""Few names on many ways: made in one arm or iteration, kept by a break or an error, read behind it all.

for k in range(4):
    if k % 2 == 0:
        a = x * k
    try:
        if k > 2:
            raise ValueError
        b = a + y
    except ValueError:
        a = b
return np.sum(a * b)
"""

from __future__ import annotations

import contextlib
import random
import warnings
from collections.abc import Callable

import numpy as np

from tests.fuzz.grammar import HEADER, Sample, indent

__all__ = ["Flow"]

NAMES = ("a", "b", "c")
TRIES = 60  # many programs read a name that has no value


class Flow:
    """Values are numbers, or arrays of three; no name is sure to have one."""

    def __init__(self, seed: int, family: str) -> None:
        self.r = random.Random(f"{family}-{seed}")
        self.entry = f"f_{family}_{seed}"

    def sample(self) -> Sample:
        """The program of the seed: the first one that has a value."""
        for _ in range(TRIES):
            sample = self.written()
            if _runs(sample):
                break
        return sample

    def written(self) -> Sample:
        r = self.r
        self.arrays, self.loops, self.count, self.functions = r.random() < 0.5, list[str](), 0, list[str]()
        self.made: list[str] = []
        self.budget = r.randint(2, 5)  # compound statements
        body = self.assigned() if r.random() < 0.4 else []
        for _ in range(r.randint(1, 3)):
            body += self.statement(0)
        read = r.sample(["x", *self.made], r.randint(1, 1 + len(self.made)))
        total = " + ".join(self.summed(f"{name} * {0.5 + k}") for k, name in enumerate(read))
        text = "\n".join([f"def {self.entry}(x, y, n):", *indent([*body, f"return {total}"])]) + "\n"
        args = [np.array([r.uniform(0.3, 1.3) for _ in range(3)]) if self.arrays else r.uniform(0.3, 1.3) for _ in range(2)]
        return Sample(text, self.entry, (*args, r.randint(0, 3)), (0, 1))

    # ---------------------------------------------------------------------------------------------------------- values

    def summed(self, value: str) -> str:
        return f"np.sum({value})" if self.arrays else value

    def name(self) -> str:
        """A name that some way has given a value, as a rule."""
        return self.r.choice(("x", "y", *self.made, *self.made)) if self.r.random() < 0.98 else self.r.choice(NAMES)

    def value(self, depth: int = 1) -> str:
        r = self.r
        if depth == 0 or r.random() < 0.2:
            return self.name()
        one, other = self.value(depth - 1), self.value(depth - 1)
        choices = [f"({one} {r.choice('+-*')} {other})"] * 3 + [f"np.tanh({one})", f"np.sin({one})", f"{one} * {r.choice(('0.5', '1.5'))}"]
        if self.loops:
            choices.append(f"{one} * ({r.choice(self.loops)} + 0.5)")
        choices += [f"({one} if {self.condition()} else {other})", *(f"{name}({one})" for name in self.functions)]
        if self.arrays:
            choices += [f"np.cumsum({one})", f"{one}[::-1]", f"np.concatenate([{one}[1:], {other}[:1]])", f"{one}.copy()"]
        return r.choice(choices)

    def bounded(self) -> str:
        return self.r.choice((f"np.tanh({self.value()})", f"np.sin({self.value()})", self.name(), "x * y"))

    def condition(self) -> str:
        """Mostly of the counters, which decide on names without a kink."""
        r = self.r
        if not self.loops or r.random() < 0.15:
            return r.choice(("n > 1", "n == 2", "n % 2 == 0", f"{self.summed(self.name())} > 0.31830988"))
        k = r.choice(self.loops)
        return r.choice((f"{k} == 1", f"{k} > 1", f"{k} % 2 == 0", f"{k} == n", f"{k} < 2", f"{k} != 1 and n > 0"))

    # ------------------------------------------------------------------------------------------------------ statements

    def block(self, depth: int) -> list[str]:
        return [line for _ in range(self.r.choice((1, 1, 2))) for line in self.statement(depth)]

    def statement(self, depth: int) -> list[str]:
        kinds: list[tuple[int, Callable[[int], list[str]]]] = [(6, lambda _: self.assigned())]
        if self.budget > 0 and depth < 4:
            kinds += [(4, self.branched), (2, self.guarded), (1, self.matched), (1, self.entered), (4, self.counted), (1, self.while_)]
            kinds += [(1, self.function)]
        if self.loops:
            kinds += [(2, lambda _: self.left()), (1, lambda _: self.returned())]
        make = self.r.choices([k for _, k in kinds], [w for w, _ in kinds])[0]
        self.budget -= 1
        return make(depth)

    def assigned(self) -> list[str]:
        r = self.r
        one, other = r.sample(NAMES, 2)
        kind = r.random()
        if kind < 0.55:
            lines = [f"{one} = {self.bounded()}"]
        elif kind < 0.7 and one in self.made:
            lines = [f"{one} {r.choice(('+=', '*='))} {self.bounded()}"] if not self.arrays else [f"{one} = {one} * {self.bounded()}"]
        elif kind < 0.8:
            lines = [f"{one}, {other} = {self.bounded()}, {self.bounded()}"]
        elif kind < 0.9:
            lines = [f"{one} = {other} = {self.bounded()}"]
        else:
            lines = [f"if ({one} := {self.bounded()}) is not None and {self.condition()}:", f"    {other} = {self.bounded()}"]
        self.made += [name for name in (one, other) if any(f"{name} " in line or f"{name}," in line for line in lines) and name not in self.made]
        return lines

    def branched(self, depth: int) -> list[str]:
        lines = [f"if {self.condition()}:", *indent(self.block(depth + 1))]
        if self.r.random() < 0.25:
            lines += [f"elif {self.condition()}:", *indent(self.block(depth + 1))]
        return [*lines, "else:", *indent(self.block(depth + 1))] if self.r.random() < 0.4 else lines

    def inner(self, counter: str, depth: int) -> list[str]:
        """The body of a loop; sometimes what stands behind it if it ends by itself."""
        self.loops.append(counter)
        body = indent(self.block(depth + 1))
        self.loops.pop()
        return [*body, "else:", *indent(self.block(depth + 1))] if self.r.random() < 0.15 else body

    def counted(self, depth: int) -> list[str]:
        r, k = self.r, self.counter()
        if self.arrays and r.random() < 0.2:
            name = r.choice(NAMES)
            return [f"for {k}, {name} in enumerate([{self.bounded()}, {self.bounded()}]):", *self.inner(k, depth)]
        return [f"for {k} in range({r.choice(('2', '3', '4', 'n', '1, 4', '2, -1, -1'))}):", *self.inner(k, depth)]

    def while_(self, depth: int) -> list[str]:
        k = self.counter()
        body = self.inner(k, depth)
        return [f"{k} = 0", f"while {k} < {self.r.choice(('2', '3', 'n'))}:", f"    {k} += 1", *body]

    def counter(self) -> str:
        self.count += 1
        return f"k{self.count}"

    def left(self) -> list[str]:
        before = self.assigned() if self.r.random() < 0.4 else []
        return [f"if {self.condition()}:", *indent([*before, self.r.choice(("break", "continue"))])]

    def returned(self) -> list[str]:
        return [f"if {self.condition()}:", f"    return {self.summed(self.bounded())}"]

    def guarded(self, depth: int) -> list[str]:
        r, lines = self.r, ["try:"]
        body = [*self.block(depth + 1), f"if {self.condition()}:", "    raise ValueError"]
        lines += indent([*body, *(self.assigned() if r.random() < 0.5 else [])])
        lines += ["except ValueError:", *indent(self.block(depth + 1))]
        if r.random() < 0.25:
            lines += ["else:", *indent(self.assigned())]
        return [*lines, "finally:", *indent(self.assigned())] if r.random() < 0.2 else lines

    def matched(self, depth: int) -> list[str]:
        value = self.r.choice([*self.loops, "n"])
        lines = [f"match {value}:", "    case 0 | 2:", *indent(indent(self.block(depth + 1))), "    case 1:", *indent(indent(self.block(depth + 1)))]
        return [*lines, "    case _:", *indent(indent(self.block(depth + 1)))] if self.r.random() < 0.4 else lines

    def entered(self, depth: int) -> list[str]:
        return ['with np.errstate(all="ignore"):', *indent(self.block(depth + 1))]

    def function(self, depth: int) -> list[str]:
        """A local function that reads a name as it is when it is called."""
        if self.loops or depth:
            return self.assigned()
        name = f"g{len(self.functions)}"
        lines = [f"def {name}(t):", f"    return np.tanh(t * {self.name()})"]
        self.functions.append(name)
        return lines


def _runs(sample: Sample) -> bool:
    """Whether a program has a value."""
    there: dict[str, object] = {}
    with contextlib.suppress(Exception), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        exec(HEADER + sample.text, there)
        there[sample.entry](*sample.args)  # type: ignore[operator]
        return True
    return False
