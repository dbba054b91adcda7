"""match in all its patterns."""

import dataclasses
import math

import numpy as np

from tests.programs import Case


@dataclasses.dataclass(frozen=True)
class Circle:
    r: float


@dataclasses.dataclass(frozen=True)
class Box:
    width: float
    height: float = 1.0


def area(x, shape):
    match shape:
        case Circle(r):
            return 3.0 * r * r * x * x
        case Box(w, height=h) if w > h:
            return x * w * h
        case Box(w, h):
            return x * x * x * w * h
        case {"kind": "line", "length": length} if length > 2.0:
            return x * length
        case _:
            return x


def literals(x, op):
    match op:
        case "sin" | "sine":
            y = math.sin(x)
        case 2 | 3 as n:
            y = x**n
        case None:
            y = x
        case -1.5:
            y = 1.0 / x
        case str(name):
            y = x * len(name)
        case float() | int():
            y = x * op
        case _:
            raise ValueError(op)
    return y * y


def sequences(x, items):
    total = 0.0
    while True:
        match items:
            case []:
                break
            case [a]:
                total = total + a * x
                items = []
            case [a, (b, c), *rest] if b > c:
                total = total + a * b * x * x - c
                items = rest
            case [a, *rest]:
                total = total * 1.1 + x
                items = rest
    return total * total


def swapped(x, y):
    match (x, y):
        case (y, x) if y > x:
            return x * y * y
        case (a, b):
            return a * b
    return 0.0


def in_a_loop(x, commands):
    for command in commands:
        match command:
            case ("scale", k):
                x = x * k
            case ("shift", k) | ("move", k):
                x = x + k * x * x
            case ("skip",):
                continue
            case ("stop", *_):
                break
        x = np.sin(x)
    else:
        x = x * 2.0
    return np.sum(x * x)


PROGRAM = [("scale", 2.0), ("skip",), ("move", 0.3), ("shift", -0.2)]
CASES = [
    Case(literals, (1.3, "sine")),
    Case(literals, (1.3, 3)),
    Case(literals, (1.3, None)),
    Case(literals, (1.3, -1.5)),
    Case(literals, (1.3, "abcd")),
    Case(literals, (1.3, 7)),
    Case(sequences, (0.7, [1.5])),
    Case(sequences, (0.7, [2.0, (3.0, 1.0), 4.0, (1.0, 2.0), 0.5])),
    Case(swapped, (0.7, 0.4), (0, 1)),
    Case(swapped, (0.4, 0.7), (0, 1)),
    Case(in_a_loop, (np.array([0.4, 1.2]), PROGRAM)),
    Case(in_a_loop, (np.array([0.4, 1.2]), [*PROGRAM, ("stop", 1), ("scale", 3.0)])),
]
CASES += [Case(area, (1.3, shape)) for shape in (Circle(0.7), Box(2.0, 1.5), Box(0.5), {"kind": "line", "length": 2.5}, 3)]
