"""``super()`` in a mixin: which class comes next is known by the class of the object alone."""

from __future__ import annotations

from tests.programs import Case


class Doubles:
    def setup(self):
        self.double = self.weight * 2.0

    def value(self):
        return self.weight**3


class Multiplies:
    def setup(self):
        super().setup()
        self.product = self.double * self.weight

    def value(self):
        return super().value() * 2.0


class Model(Multiplies, Doubles):
    def __init__(self, weight):
        self.weight = weight
        self.setup()


def made(x):
    return Model(x).product * x


def parameter(model: Model):
    model.setup()
    return model.product * model.weight


def by_its_class(model: Model):
    return Multiplies.value(model) * model.weight


def known_while_running(model):
    return model.value() * model.weight


CASES = [
    Case(made, (1.3,)),
    Case(parameter, (Model(1.3),)),
    Case(by_its_class, (Model(1.3),)),
    Case(known_while_running, (Model(1.3),)),
]
