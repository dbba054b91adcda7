"""Fields and parameters annotated with an abstract class or a protocol: what the objects have in common, not the class of one."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tests.programs import Case


class Kernel(ABC):
    def __init__(self, width):
        self.width = width

    @abstractmethod
    def value(self, x): ...

    def twice(self, x):
        return self.value(self.value(x))


class Gauss(Kernel):
    def value(self, x):
        return np.exp(-x * x / self.width)


class Linear(Kernel):
    width: float

    def value(self, x):
        return self.width * x

    def twice(self, x):
        return 5.0 * x * x


class Energy(Protocol):
    k: float

    def energy(self, x): ...


class Spring:
    def __init__(self, k):
        self.k = k

    def energy(self, x):
        return 0.5 * self.k * x * x


@dataclass
class Process:
    kernel: Kernel
    noise: float

    def at(self, x):
        return self.kernel.value(x) + self.noise * self.kernel.twice(x) * self.kernel.width


@dataclass
class System:
    part: Energy

    def force(self, x):
        return self.part.energy(x) * self.part.k


GAUSS, LINEAR = Process(Gauss(1.5), 0.2), Process(Linear(0.7), 0.3)
SPRING = System(Spring(2.0))


def of_global_objects(x):
    return GAUSS.at(x) * LINEAR.at(x) + SPRING.force(x)


def of_arguments(x, p: Process, s: System):
    return p.at(x) * s.force(x) + p.kernel.twice(x)


def made_here(x):
    p, s = Process(Gauss(x), x), System(Spring(x))
    return p.at(x) * s.force(x)


def by_a_protocol(x, e: Energy):
    return e.energy(x) * e.k


def each(x, es: list[Energy], ks: dict[str, Kernel]):
    return sum(e.energy(x) for e in es) * sum(k.twice(x) for k in ks.values())


CASES = [
    Case(of_global_objects, (0.7,)),
    Case(of_arguments, (0.7, GAUSS, SPRING)),
    Case(of_arguments, (0.7, LINEAR, SPRING)),
    Case(made_here, (0.7,)),
    Case(by_a_protocol, (0.7, Spring(3.0))),
    Case(each, (0.7, [Spring(3.0), Spring(1.0)], {"a": Gauss(0.5), "b": Linear(2.0)})),
]
