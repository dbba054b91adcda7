"""Attributes written by ``setattr`` and ``object.__setattr__``; dataclasses that are frozen, or have fields that are no arguments."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field

import numpy as np

from tests.programs import Case


class Fixed:
    def __init__(self, weight):
        object.__setattr__(self, "weight", weight)
        object.__setattr__(self, "double", 2.0 * weight)


class Plain:
    def __init__(self, weight):
        setattr(self, "weight", weight)  # noqa: B010


@dataclass(frozen=True)
class Square:
    side: float
    area: float = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "area", self.side**2)


@dataclass(frozen=True)
class Positive:
    value: float

    def __post_init__(self):
        if np.any(self.value <= 0):
            raise ValueError("it is not positive")


@dataclass
class Scaled:
    value: float
    scale: InitVar[float] = 3.0
    product: float = field(init=False)

    def __post_init__(self, scale):
        self.product = self.value * scale


@dataclass
class Settings:
    gain: float
    count: float = field(init=False, default=2.0)
    offset: float = field(init=False, default_factory=lambda: 3.0)


def fixed(x):
    return Fixed(x).weight * Fixed(x).double * Plain(x).weight


def in_a_list(x):
    return sum(p.weight * p.double for p in [Fixed(x), Fixed(x * x)])


def of_a_square(x):
    return Square(x).area * x


def squares(x):
    return sum(s.area * s.side for s in [Square(x), Square(x * x)])


def chosen(x):
    square = Square(x)
    if x > 1.0:
        square = Square(x * x)
    return square.area


def parameter(square: Square):
    return square.area * square.side


def written_parameter(square: Square, x):
    object.__setattr__(square, "area", x * square.side)
    return square.area * x


def checked(x):
    return Positive(x).value * x


def scaled(x):
    return Scaled(x).product * x + Scaled(x, x).product + Scaled(x, scale=x * x).product


def settings(x):
    made = Settings(x)
    return made.gain * made.count * made.offset * x


CASES = [
    *(Case(f, (1.3,)) for f in (fixed, in_a_list, of_a_square, squares, chosen, checked, scaled, settings)),
    Case(parameter, (Square(1.3),)),
    Case(written_parameter, (Square(1.3), 0.7), (0, 1)),
]
