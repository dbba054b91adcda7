"""Attributes that a call adds to its argument, that stand in the class, or that are said to be of the class."""

from dataclasses import dataclass
from typing import ClassVar

from tests.programs import Case


class Layer:
    def __init__(self, w):
        self.w = w

    def forward(self, x):
        self.x = x
        return self.w * x

    def scaled(self, c):
        return self.__class__(self.w * c)


class Machine:
    state = "idle"
    k = 2.0

    def __init__(self, w):
        self.w = w

    def go(self, x):
        self.state = "run"
        self.k = self.k + x * self.w
        return self.k * self.w


@dataclass
class Gained:
    k: float
    gain: ClassVar[float] = 3.0


def kept_for_later(layer: Layer, x):
    y = layer.forward(x)
    return y * layer.x


def added(layer: Layer, x):
    layer.x = x
    return layer.w * layer.x * layer.x


def default_shadowed(machine: Machine, x):
    return machine.go(x) * machine.k


def state_shadowed(machine: Machine, x):
    return machine.go(x) * (2.0 if machine.state == "run" else 1.0)


def key_added(d: dict, x):
    d["new"] = x * d["w"]
    return d["new"] * d["w"]


def of_the_class(d: Gained):
    return d.k * d.gain


def of_the_class_made_here(x):
    d = Gained(x)
    return d.k**2 * d.gain


def made_by_its_own_class(x):
    return Layer(x).scaled(3.0).w ** 2


CASES = [
    Case(kept_for_later, (Layer(2.0), 3.0), (0, 1)),
    Case(added, (Layer(2.0), 3.0), (0, 1)),
    Case(default_shadowed, (Machine(2.0), 3.0), (0, 1)),
    Case(state_shadowed, (Machine(2.0), 3.0), (0, 1)),
    Case(key_added, ({"w": 2.0}, 3.0), (0, 1)),
    Case(of_the_class, (Gained(1.5),)),
    Case(of_the_class_made_here, (1.5,)),
    Case(made_by_its_own_class, (1.5,)),
]
