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


class Fixed:
    """Keeps nothing."""

    def __get__(self, owner, cls=None):
        return 2.0

    def __set__(self, owner, v):
        pass


class Clipped:
    """Keeps something else, under another name, and notes what it was given."""

    def __get__(self, owner, cls=None):
        return owner.kept

    def __set__(self, owner, v):
        if v < -100.0:
            raise ValueError("too small")
        owner.kept = 3.0 * v if v < 5.0 else 5.0
        owner.given.append(v)


class Checked:
    """Keeps what it is given, under a name that it works out."""

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, owner, cls=None):
        return getattr(owner, self.name)

    def __set__(self, owner, v):
        if v < 0.0:
            raise ValueError("negative")
        setattr(owner, self.name, v)


class Tank:
    fixed = Fixed()
    level = Clipped()
    rate = Checked()

    def __init__(self, level):
        self.given = []
        self.rate = 0.5
        self.level = level

    def fill(self, v):
        self.level = self.level + v
        self.fixed = v
        return self.level * self.fixed


class Doubled:
    """Keeps twice that."""

    def __get__(self, owner, cls=None):
        return owner.kept

    def __set__(self, owner, v):
        owner.kept = 2.0 * v


class Tap:
    level = Doubled()
    fixed = Fixed()

    def __init__(self, level):
        self.level = level


def kept_otherwise(x, y):
    tank = Tank(x)
    tank.level = tank.level * y
    tank.fixed = x
    return tank.level * tank.fixed + sum(tank.given) * y


def kept_by_a_method(x, y):
    tank = Tank(x)
    return tank.fill(x * y) * tank.level


def kept_of_an_argument(tank: Tap, x, y):
    tank.level = x * x
    tank.level += x
    return tank.level * y + tank.fixed * x


def kept_in_a_loop(x, y):
    taps = [Tap(x), Tap(y)]
    for tap in taps:
        tap.level = tap.level * 0.1 + y
    return taps[0].level * taps[1].level


def checked_and_idle(x):
    tank = Tank(1.0)
    tank.rate = 0.25
    return tank.rate * x * x


CASES = [
    Case(kept_otherwise, (0.7, 0.4), (0, 1)),
    Case(kept_by_a_method, (0.7, 0.4), (0, 1)),
    Case(kept_of_an_argument, (Tap(0.5), 0.7, 0.4), (1, 2)),
    Case(kept_in_a_loop, (0.7, 0.4), (0, 1), second="a value is read after it was written under another name"),
    Case(checked_and_idle, (1.3,)),
    Case(of_a_constant, (1.3,)),
    Case(made_inside, (1.3,)),
    Case(parameter, (Model(1.3, 0.7), 1.1), (0, 1)),
    Case(by_a_method, (Model(1.3, 0.7), 1.1), (0, 1)),
    Case(behind_super, (1.3,)),
    Case(by_getattr, (Model(1.3, 0.7),)),
    Case(written_before, (1.3,)),
]
