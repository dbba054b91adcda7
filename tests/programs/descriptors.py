"""Attributes that a descriptor of the user's own works out when they are read."""

from __future__ import annotations

import numpy as np

from tests.programs import Case


class Scaled:
    """``model.double`` is two times what ``of`` names, whatever class it stands in."""

    def __init__(self, factor):
        self.factor = factor

    def __get__(self, model, cls=None):
        if model is None:
            return self
        return model.weight * self.factor


class Computed:
    """A property of one's own."""

    def __init__(self, function):
        self.function = function

    def __get__(self, model, cls=None):
        if model is None:
            return self
        return self.function(model)


class Lazy:
    """Keeps what it has computed."""

    def __init__(self, function):
        self.function = function
        self.name = function.__name__

    def __get__(self, owner, cls=None):
        value = owner.__dict__[self.name] = self.function(owner)
        return value


class Grid:
    def __init__(self, n):
        self.n = n

    @Lazy
    def step(self):
        return 1.0 / (self.n - 1)


GRID = Grid(5)


class Model:
    double = Scaled(2.0)

    def __init__(self, weight, bias):
        self.weight = weight
        self.bias = bias

    @Computed
    def energy(self):
        return np.sum(self.weight**2) * self.bias

    def loss(self, x):
        return np.sum(self.double * x) + self.energy


class Damped(Model):
    def loss(self, x):
        return super().loss(x) - 0.1 * super().double * self.bias


def made_inside(x):
    model = Model(x, x * x)
    return model.double * model.energy


def parameter(model: Model, x):
    return model.double * x + model.energy


def by_a_method(model: Model, x):
    return model.loss(x)


def behind_super(x):
    return Damped(x, 2.0 * x).loss(3.0)


def by_getattr(model: Model):
    return getattr(model, "double") * model.bias  # noqa: B009


def written_before(x):
    model = Model(x, 1.0)
    model.weight = x * x
    return model.double * x


def of_a_constant(x):
    return x * x * GRID.step


CASES = [
    Case(of_a_constant, (1.3,)),
    Case(made_inside, (1.3,)),
    Case(parameter, (Model(1.3, 0.7), 1.1), (0, 1)),
    Case(by_a_method, (Model(1.3, 0.7), 1.1), (0, 1)),
    Case(behind_super, (1.3,)),
    Case(by_getattr, (Model(1.3, 0.7),)),
    Case(written_before, (1.3,)),
]
