"""Methods of objects in lists and dicts that are named as functions of NumPy's: ``for t in terms: s += t.square(x)``."""

from dataclasses import dataclass, field

import numpy as np

from tests.programs import Case


class Term:
    def __init__(self, a):
        self.a = a

    def square(self, x):
        return self.a * x * x

    def sum(self, x):
        return self.a * x + x * x


class Wave(Term):
    def square(self, x):
        return np.cos(self.a * x)


class Alone:
    def __init__(self, a):
        self.a = a

    def exp(self, x):
        return self.a * x**3

    def sum(self, x):
        return self.a * x * x


class Counted:
    def __init__(self, a):
        self.a, self.times = a, 0.0

    def square(self, x):
        self.times += 1.0
        return self.a * x * self.times


@dataclass
class Model:
    terms: list[Term] = field(default_factory=list)

    def total(self, x):
        s = 0.0
        for t in self.terms:
            s = s + t.square(x)
        return s


TERMS = [Term(1.0), Wave(3.0)]
BY_NAME = {"a": Term(2.0), "b": Wave(0.5)}
MIXED = [np, Term(2.0), Wave(1.5)]
MODULES = {"numpy": np}


def unknown(x, terms):
    s = 0.0
    for t in terms:
        s = s + t.square(x)
    return s


def of_some_modules(x):
    return sum(t.square(x) for t in MIXED)


def annotated(x, terms: list[Alone]):
    return sum(t.exp(x) * t.sum(x) for t in terms)


def of_the_module(x):
    return TERMS[0].square(x) * TERMS[1].square(x) + BY_NAME["b"].square(x)


def of_a_module_that_is_held(x):
    return MODULES["numpy"].exp(x) * MODULES["numpy"].square(x)


def made_here(x):
    terms = [Term(x), Term(2.0)]
    total = sum(t.square(x) for t in terms)
    for t in terms:
        total = total * t.sum(x)
    return total


def by_key(x, terms):
    s = terms["a"].square(x)
    for _, t in terms.items():
        s = s * t.square(x)
    return s


def counted(x):
    terms = [Counted(x), Counted(2.0)]
    for t in terms:
        x = t.square(x)
    return x + terms[0].square(x)


def in_a_row(x, terms, weights):
    s = x
    for k, (w, t) in enumerate(zip(weights, reversed(terms))):
        s = s + k * w * t.square(s)
    return s


def in_rows(x, rows):
    total = 0.0
    for row in rows:
        for t in row:
            total = total + t.square(x)
    return total * rows[1][0].square(x)


def of_a_model(x, model: Model):
    return model.total(x) * x


CASES = [
    Case(unknown, (0.7, TERMS)),
    Case(of_some_modules, (0.7,)),
    Case(annotated, (0.7, [Alone(2.0), Alone(0.5)])),
    Case(of_the_module, (0.7,)),
    Case(of_a_module_that_is_held, (0.7,)),
    Case(made_here, (0.7,)),
    Case(by_key, (0.7, BY_NAME)),
    Case(counted, (0.7,), second="a value is read after it was written under another name"),
    Case(in_a_row, (0.7, TERMS, [1.0, 2.0]), (0, 2)),
    Case(in_rows, (0.7, [[Term(1.0), Wave(2.0)], [Wave(0.3)]])),
    Case(of_a_model, (0.7, Model(TERMS))),
]
