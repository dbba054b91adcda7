"""Lists, tuples and dicts of objects with operators of their own: the annotation says of which class the items are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Protocol

from tests.programs import Case


class Pair:
    def __init__(self, re: Any, im: Any = 0.0) -> None:
        self.re, self.im = re, im

    def __add__(self, o: Pair) -> Pair:
        return Pair(self.re + o.re, self.im + o.im)

    def __mul__(self, o: Any) -> Pair:
        if isinstance(o, int | float):
            return Pair(self.re * o, self.im * o)
        return Pair(self.re * o.re - self.im * o.im, self.re * o.im + self.im * o.re)

    def __abs__(self) -> Any:
        return math.sqrt(self.re**2 + self.im**2)

    def __getitem__(self, i: int) -> Any:
        return (self.re, self.im)[i]


class Weight:
    def __init__(self, value: Any) -> None:
        self.value = value

    def __mul__(self, o: Any) -> Any:
        return self.value * (o.value if isinstance(o, Weight) else o)

    __rmul__ = __mul__

    def __float__(self) -> float:
        return self.value


def length_of_sum(zs: list[Pair]) -> Any:
    total = Pair(0.0, 0.0)
    for i, z in enumerate(zs):
        total = total + z * float(i + 1)
    return total[0] * total[1] + sum(abs(z) for z in zs[1:])


def of_a_sequence(zs: Sequence[Pair]) -> Any:
    return abs(zs[0] * zs[1] + zs[-1])


def of_a_tuple(zs: tuple[Pair, ...]) -> Any:
    a, b = zs
    return abs(a * b) + zs[0][1]


def _largest(zs: Any) -> Any:
    best = zs[0]
    for z in zs:
        if abs(z) > abs(best):
            best = z
    return abs(best * zs[0])


def handed_to_a_helper(zs: list[Pair]) -> Any:
    return _largest(zs)


def one_replaced(zs: list[Pair], x: float) -> Any:
    zs = list(zs)
    zs[0] = zs[1] * x
    zs.append(zs[0] * zs[1])
    return sum(abs(z) for z in zs)


def weights(ws: dict[str, Weight], x: float) -> Any:
    total = ws["a"] * ws["b"] + 2.0 * ws["a"] + x * float(ws["b"])
    for w in ws.values():
        total = total + w * w
    for key, w in ws.items():
        total += w * x if key == "a" else ws[key] * 3.0
    return total


class Shape(Protocol):
    def area(self, x: float) -> float: ...


class Disk:
    def area(self, x: float) -> float:
        return math.pi * x * x


class Square:
    def area(self, x: float) -> float:
        return x * x


def areas(shapes: list[Shape], x: float) -> float:
    return sum(s.area(x) for s in shapes) * shapes[0].area(x)


def pairs() -> list[Pair]:
    return [Pair(0.3, 0.5), Pair(1.0, 2.0)]


CASES = [
    Case(areas, ([Disk(), Square()], 1.5), (1,)),
    Case(length_of_sum, (pairs(),)),
    Case(of_a_sequence, (pairs(),)),
    Case(of_a_tuple, (tuple(pairs()),)),
    Case(handed_to_a_helper, (pairs(),)),
    Case(one_replaced, (pairs(), 1.5), (0, 1)),
    Case(weights, ({"a": Weight(2.0), "b": Weight(0.5)}, 1.5), (0, 1)),
    Case(weights, ({"a": Weight(2.0), "b": Weight(0.5)}, 1.5), (1,)),
]
