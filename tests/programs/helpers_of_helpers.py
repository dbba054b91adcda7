"""Helpers in loops of helpers: what one of them keeps for its reverse, another one's second derivative reads."""

import numpy as np

import tangentx as tx
from tests.programs import Case

X = np.array([0.7, 1.3])
V = np.array([0.3, -0.2])


def double(a, squared):
    if squared:
        return a * a
    return 2 * a


def energy(x):
    s = 0.0
    for k in range(2):
        for v in double(x[k:], k == 0):
            s = s + v * v
    return s


def arrays_of_a_helper(x):
    return energy(x)


def squares(x):
    y = []
    for i in range(len(x)):
        y.append(x[i] ** 2)
    return y


def sum_of_squares(x):
    s = 0.0
    for k in range(2):
        for v in squares(x[k:]):
            s += v * v
    return s


def lists_of_a_helper(x):
    return sum_of_squares(x)


class Chain:
    def __init__(self, x):
        self.x = x

    def energy(self):
        s = 0.0
        for i in range(len(self.x) - 1):
            s += self.x[i] * self.x[i + 1] ** 2
        return s


def field_read_in_a_loop(x):
    s = 0.0
    for chain in [Chain(x), Chain(x * x)]:
        s += chain.energy() ** 2
    return s


class Weights:
    def __init__(self, w, c):
        self.w, self.c = w, c

    def total(self):
        s = 0.0
        for k in self.w:
            s = s + self.w[k] ** 2 * self.c
        return s

    def doubled(self):
        return [2 * v for v in self.w.values()]


def dict_read_in_a_loop(x):
    s = 0.0
    for weights in (Weights({"a": x[0]}, x[1]), Weights({"a": x[1]}, x[0])):
        s = s + weights.total() ** 2
    return s


def list_of_a_method(x):
    s = 0.0
    for weights in [Weights({"a": x[0], "b": x[1] * x[0]}, 1.0)]:
        for v in weights.doubled():
            s = s + v * v
    return s


def clipped(v):
    if v > 1.0:
        return v * v
    return v**3 + v


def clipped_sum(x):
    s = 0.0
    for v in x:
        s += clipped(v) * s + v
    return s


def gradient_of_what_calls(x):
    return np.sum(tx.grad(clipped_sum)(x) * V)


def tangent_of_what_calls(x):
    return tx.jvp(clipped_sum)(x, x_dot=V)[1]


class Noted:
    def __init__(self, x, note):
        self.x, self.note = x, note

    def loop(self):
        s = 0.0
        for v in self.x:
            s += v * v * s + v**3
        return s

    def squares(self):
        return [v * v for v in self.x]


def noted(x, note):
    s = 0.0
    for o in [Noted(x[:2] * x[1], note), Noted(x[1:], note)]:
        s += o.loop()
        for v in o.squares():
            s += v * v
    return s


def attributes_that_are_no_numbers(x):
    return noted(x, {1, 2}) + noted(x, slice(1)) + noted(x, range(3))


CASES = [
    Case(f, (X,))
    for f in (
        arrays_of_a_helper, lists_of_a_helper, field_read_in_a_loop, dict_read_in_a_loop, list_of_a_method, gradient_of_what_calls,
        tangent_of_what_calls, attributes_that_are_no_numbers,
    )
]  # fmt: skip
