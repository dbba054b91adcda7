"""Rows of an array that is made here, changed in place, with and without somebody who sees the array later.

x, y, z = np.array(A).T         MADE: an array that is taken apart, at once or by index
x -= np.dot(x, y) * y           STEPS: by +=, by item, by a view, under another name, in branches and loops
x, y = y, x
return np.sum(np.sin(x) * y + z**2) + np.sum(B**3)
"""

from __future__ import annotations

import random
import textwrap

import numpy as np

from tests.fuzz.grammar import Sample

__all__ = ["Rows"]

MADE = (
    "np.array(A)", "A.copy()", "np.array(A).T", "np.copy(A)", "np.array([A[1], A[0], A[2]])", "A.copy()[::-1]", "np.flip(np.array(A), 0)",
    "A * 2.0", "A @ A", "-A", "np.array(A).swapaxes(0, 1)", "np.stack([A[0], A[2], A[1]])", "np.zeros_like(A)", "np.exp(A)", "A",
)  # fmt: skip
OPERATORS = ("+=", "-=", "*=", "/=")


class Rows:
    """Steps with three rows, and whatever else looks into them."""

    def __init__(self, seed: int, family: str) -> None:
        self.r = random.Random(f"{family}-{seed}")
        self.entry = f"f_{family}_{seed}"
        self.names = ["x", "y", "z"]
        self.whole = False  # the array has a name

    def sample(self) -> Sample:
        """The program of the seed."""
        r = self.r
        lines = self.taken()
        for _ in range(r.randrange(2, 7)):
            lines += self.step(r.choice(self.names), r.choice(self.names))
        total = "np.sum(np.sin(x) * y + z**2)"
        total += f" + np.sum({r.choice(self.names[3:])} ** 2)" if len(self.names) > 3 else ""
        total += " + np.sum(B**3)" if self.whole and r.random() < 0.25 else ""
        annotation = ": np.ndarray" if r.random() < 0.7 else ""
        text = f"def {self.entry}(A{annotation}, c):\n" + textwrap.indent("\n".join([*lines, f"return {total}"]), "    ") + "\n"
        args = (np.array([[r.uniform(0.4, 1.4) for _ in range(3)] for _ in range(3)]), r.uniform(0.5, 1.5))
        return Sample(text, self.entry, args, (0, 1))

    def taken(self) -> list[str]:
        """The rows, and where they come from."""
        made, form = self.r.choice(MADE), self.r.randrange(4)
        if form == 0:
            return [f"x, y, z = {made}"]
        self.whole = True
        if form == 1:
            return [f"B = {made}", "x, y, z = B"]
        second = "B[0]" if form == 2 and self.r.random() < 0.3 else "B[1]"
        return [f"B = {made}", "x = B[0]", f"y = {second}", "z = B[2]"]

    def step(self, a: str, b: str) -> list[str]:
        """One thing that is done with two of them."""
        r, new = self.r, f"v{len(self.names)}"
        kinds = {
            "update": [f"{a} {r.choice(OPERATORS)} {r.choice([f'0.3 * {b}', 'c', f'2.0 + np.sin({b})', f'2.0 + {b} ** 2'])}"],
            "whole": [f"{a}[...] {r.choice(OPERATORS)} {r.choice(['c', f'1.5 + 0.1 * {b}'])}"],
            "norm": [f"{a} /= np.sqrt(np.sum({a} ** 2) + 1.0)"],
            "dot": [f"{a} -= 0.1 * np.dot({a}, {b}) * {b}"],
            "item": [f"{a}[0] = {r.choice(['0.5', f'{b}[1]', f'np.sum({b})', 'c'])}"],
            "part": [f"{a}[1:] *= {b}[0]"],
            "name": [f"{new} = {r.choice([a, f'{a}[::-1]', f'{a}.copy()', f'{a} * 2.0'])}"],
            "swap": [f"{a}, {b} = {b}, {a}"] if a != b else [],
            "loop": ["for _ in range(2):", f"    {a} += 0.1 * {b}"],
            "branch": [f"if np.sum({a}) > c:", f"    {b} *= 1.5"],
            "base": [f"B[{r.randrange(3)}] = 0.25"] if self.whole else [],
            "again": ["for _ in range(2):", "    p, q, s = np.array([x, y, z])", "    p += 0.1 * q", f"    {a} = p * s"],
            "list": [f"w = [{a}, {b}]", "w[0][1] = c"],
            "helper": ["def moved(u, k):", "    u[1] = k * u[0]", "", f"moved({a}, {b}[2])"],
        }
        kind = r.choice([*kinds, "update", "update", "dot", "item"])
        if kind == "name":
            self.names.append(new)
        return kinds[kind]
