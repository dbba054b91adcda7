"""Functions that are only known while running: parameters, items, attributes; and those that a branch has chosen."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce

import numpy as np

import tangentx as tx
from tests.programs import Case

A = np.array([0.3, -0.8, 1.2])


def softplus(t):
    return np.log(1.0 + np.exp(t))


def swirl(t):
    u = np.sin(t) * t
    for _ in range(2):
        u = u + np.cos(u) * t
    return u


def weighed(a, b, *, c=2.0):
    return a * a * b + c * b


ACTIVATIONS = {"sine": np.sin, "softplus": softplus, "square": lambda t: t * t}
LAYERS = [np.tanh, swirl]
HALVED = partial(weighed, b=0.5)


def apply(f, x):
    return f(x) * x


def twice(f, x):
    return f(f(x))


def loop_over_functions(x):
    fs = [np.sin, np.cos, softplus]
    for f in fs:
        x = f(x) * x
    return x


def table(x, name):
    return ACTIVATIONS[name](x) * x


def table_with_default(x, name):
    activation = ACTIVATIONS.get(name, np.tanh)
    return activation(x) * x


def layers(x):
    for layer in LAYERS:
        x = layer(1.5 * x)
    return np.sum(x * x)


def folded(x):
    return reduce(lambda value, f: f(value) + value, [np.sin, softplus], x)


def summed(x, weights):
    return sum(f(x) * w for f, w in zip((np.sin, softplus, swirl), weights))  # noqa: B905


def keywords(f, x, y):
    return f(x, y, c=x * y) + f(y, 3.0) + f(b=x, a=2.0)


def several_values(f, x):
    a, b = f(x)
    return np.sum(a * b * x)


def pair(t):
    return np.sin(t), t * t


def dictionary(f, x):
    found = f(x)
    return found["a"] * found["b"][0]


def table_of(t):
    return {"a": t * t, "b": [np.sin(t), 2.0]}


def rk2(f, x, h, n):
    for _ in range(n):
        k = f(x)
        x = x + h * f(x + h * k / 2)
    return np.sum(x * x)


def newton(f, df, x, tol):
    while abs(f(x)) > tol:
        x = x - f(x) / df(x)
        if x > 100.0:
            break
    return x * x


def cubic(t):
    return t**3 - 2.0


def slope(t):
    return 3.0 * t * t


def recursive(f, x, n):
    return x if n == 0 else f(recursive(f, x, n - 1))


def optional(x, activation=None):
    y = x * x
    if activation is not None:
        y = activation(y)
    return y * x


def chosen(x, flag):
    f = np.sin if flag else softplus
    return f(x) * x


def chosen_in_branches(x, name):
    if name == "sine":
        f = np.sin
    elif name == "swirl":
        f = swirl
    else:
        raise ValueError(name)
    g = f
    for _ in range(2):
        x = g(x) * 1.5
    return x


def chosen_in_a_loop(x, n):
    for i in range(n):
        f = np.sin if i % 2 else (np.cos if x > 0.5 else softplus)
        x = f(x) * x + 0.3
    return x


def toggled(x):
    f = np.sin
    for i in range(4):
        x = f(x) * 1.1
        f = np.cos if i % 2 else softplus
    return x


def partial_of_the_module(x):
    return HALVED(x) * x


def attribute_of_a_module(x, name):
    return getattr(np, name)(x) * x


def gradient_of_a_parameter(f, x):
    return tx.grad(f)(x) * x


def made(kind):
    return np.sin if kind == "sine" else softplus


def made_elsewhere(x, kind):
    f = made(kind)
    return f(x) * x


class Dense:
    def __init__(self, w, b, activation=np.tanh):
        self.w, self.b, self.activation = w, b, activation

    def __call__(self, x):
        return self.activation(self.w * x + self.b)

    def penalty(self, k):
        return self.w * self.w * k


class Square:
    def __call__(self, x):
        return x * x

    def penalty(self, k):
        return k * 0.5


class Network:
    def __init__(self, layers):
        self.layers = layers

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Wide(Dense):
    def penalty(self, k):
        return super().penalty(k) + k * k


NETWORK = Network([Dense(1.2, 0.3), Square(), Dense(0.4, -0.2, softplus)])


def network(x):
    return NETWORK(x) * x


def network_given(x, model):
    return model(x) * x


def layers_made_here(x, w):
    for layer in [Dense(w, 0.3), Square(), Wide(w * x, 0.1, softplus)]:
        x = layer(x) * x
    return x


def methods_of_items(x, w):
    layers = [Dense(w, 0.3), Square(), Wide(w * x, 0.1)]
    return sum([layer.penalty(x) for layer in layers])


def function_in_an_attribute(x, holder):
    return holder.activation(x) * x


def class_given(cls, x):
    return cls(x, x * x)(2.0 * x)


def bound_method(f, x):
    return f(x) * x


def quadratic(x, k=2.0):
    return x * x * k


@dataclass
class Unit:
    w: float
    act: Callable = quadratic

    def run(self, x):
        return self.act(self.w * x)


def function_in_a_field(w, x):
    """The default of a field stands in the class, and is no method."""
    return Unit(w).act(w * x) + Unit(w).run(x) * Unit(w * w, math.tanh).run(x)


def units_in_a_loop(w, x):
    for unit in [Unit(w), Unit(w * w, math.sin)]:
        x = unit.act(unit.w * x)
    return x


CASES = [
    Case(function_in_a_field, (0.7, 1.3), (0, 1)),
    Case(units_in_a_loop, (0.7, 1.3), (0, 1)),
    *(Case(f, (g, x), (1,)) for f in (apply, twice) for g, x in ((np.sin, 0.7), (softplus, 0.7), (swirl, 0.4), (ACTIVATIONS["square"], 1.3))),
    Case(loop_over_functions, (0.7,)),
    *(Case(table, (0.7, name)) for name in ACTIVATIONS),
    *(Case(table_with_default, (0.7, name)) for name in ("square", "none")),
    Case(layers, (A,)),
    Case(folded, (0.7,)),
    Case(summed, (0.7, [1.0, 2.0, 3.0]), (0, 1)),
    Case(keywords, (weighed, 0.7, 1.3), (1, 2)),
    Case(several_values, (pair, A), (1,)),
    Case(dictionary, (table_of, 0.7), (1,)),
    Case(rk2, (swirl, A, 0.1, 3), (1, 2)),
    Case(newton, (cubic, slope, 1.5, 1e-9), (2,)),
    Case(recursive, (swirl, 0.4, 3), (1,)),
    Case(optional, (0.7,)),
    Case(optional, (0.7, swirl)),
    Case(chosen, (0.7, True)),
    Case(chosen, (0.7, False)),
    *(Case(chosen_in_branches, (0.7, name)) for name in ("sine", "swirl")),
    Case(chosen_in_a_loop, (0.7, 5)),
    Case(toggled, (0.7,)),
    Case(partial_of_the_module, (0.7,)),
    *(Case(attribute_of_a_module, (0.7, name)) for name in ("sin", "exp")),
    Case(gradient_of_a_parameter, (cubic, 0.7), (1,)),
    *(Case(made_elsewhere, (0.7, kind)) for kind in ("sine", "softplus")),
    Case(network, (0.7,)),
    Case(network_given, (0.7, NETWORK)),
    Case(layers_made_here, (0.7, 1.1), (0, 1)),
    Case(methods_of_items, (0.7, 1.1), (0, 1)),
    Case(function_in_an_attribute, (0.7, Dense(1.0, 2.0, softplus))),
    Case(class_given, (Dense, 0.7), (1,)),
    Case(bound_method, (Dense(1.2, 0.3).penalty, 0.7), (1,)),
    Case(bound_method, (partial(Dense(1.2, 0.3).penalty), 0.7), (1,)),
    Case(bound_method, (partial(weighed, b=3.0), 0.7), (1,)),
]
