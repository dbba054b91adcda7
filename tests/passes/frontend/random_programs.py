"""Random functions of four numbers with every kind of jump, for the tests of the front end."""

from __future__ import annotations

import random

NAMES = ("x", "y", "z", "n")
RANGES = ("range(n)", "range(1, 4)", "[x, y, 3]", "reversed([1, x])", "reversed(range(3))", "range(3, 0, -1)")
PAIRS = ("enumerate([x, z])", "zip(range(3), (x, n))", "enumerate(range(x, x + 3), 1)")


class RandomProgram:
    """The same program for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random, self.count = random.Random(seed), 0

    def text(self) -> str:
        """The source of ``f``."""
        last = ["    return x + y * 2 + z * 3"] if self.random.random() < 0.8 else []
        return "\n".join(["def f(x, y, z, n):", *self.block(1, 4, False), *last]) + "\n"

    def name(self) -> str:
        return self.random.choice(NAMES)

    def expression(self) -> str:
        a, b = self.name(), self.name()
        return self.random.choice([f"{a} + {b}", f"{a} * 2 - {b}", f"({a} if {self.test()} else {b} + 1)", f"-{a}", a])

    def test(self) -> str:
        a, b, c, d = (self.name() for _ in range(4))
        odd, below = f"{a} % {self.random.randint(2, 4)} == {self.random.randint(0, 1)}", f"{b} < {self.random.randint(-3, 9)}"
        chains = [f"{c} < {d} or {a} > {b}", f"0 < {c} < {d} + 5", f"{c} < {d} <= 5"]
        return self.random.choice([odd, below, f"{odd} and {below}", f"not {odd}", *chains])

    def block(self, depth: int, budget: int, loop: bool) -> list[str]:
        return [line for _ in range(self.random.randint(1, 3)) for line in self.statement(depth, budget, loop)]

    def statement(self, depth: int, budget: int, loop: bool) -> list[str]:
        kind = self.random.random()
        if budget <= 0 or kind < 0.35:
            return ["    " * depth + line for line in self.simple(loop)]
        return self.branch(depth, budget, loop) if kind < 0.7 else self.loop(depth, budget, loop, kind < 0.85)

    def simple(self, loop: bool) -> list[str]:
        target, value = self.random.choice("xyz"), self.expression()
        choices = [["x, y = y, x"], [f"{target} += {value}"], [f"return {value}"], ["raise ValueError('a')"], [f"x = z = {value}"]]
        choices += [[f"t = {value}", "y = t * t % 17"], *([["break"], ["continue"]] * 2 if loop else [])]
        return self.random.choice(choices) if self.random.random() < 0.6 else [f"{target} = ({value}) % 23"]

    def branch(self, depth: int, budget: int, loop: bool) -> list[str]:
        indent = "    " * depth
        lines = [f"{indent}if {self.test()}:", *self.block(depth + 1, budget - 1, loop)]
        if self.random.random() < 0.3:
            lines += [f"{indent}elif {self.test()}:", *self.block(depth + 1, budget - 1, loop)]
        return lines + [f"{indent}else:", *self.block(depth + 1, budget - 1, loop)] if self.random.random() < 0.5 else lines

    def loop(self, depth: int, budget: int, loop: bool, bounded: bool) -> list[str]:
        indent, self.count = "    " * depth, self.count + 1
        if bounded and self.random.random() < 0.3:
            lines = [f"{indent}for i{self.count}, y in {self.random.choice(PAIRS)}:"]
        elif bounded:
            lines = [f"{indent}for {self.random.choice([f'i{self.count}', 'z', '_'])} in {self.random.choice(RANGES)}:"]
        else:
            w = f"w{self.count}"
            lines = [f"{indent}{w} = 0", f"{indent}while {w} < {self.random.randint(0, 4)} and ({self.test()}):", f"{indent}    {w} += 1"]
        lines += self.block(depth + 1, budget - 1, True)
        return lines + [f"{indent}else:", *self.block(depth + 1, budget - 1, loop)] if self.random.random() < 0.3 else lines
