"""Local functions in a dict or list, read by a key that is known at run time."""

from __future__ import annotations

import numpy as np

from tests.programs import Case


def activation(x, name):
    acts = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh, "square": lambda z: z * z}
    h = acts[name](x)
    return np.sum(h * x)


def layers(x, names):
    acts = {"relu": lambda z: np.maximum(z, 0.1), "square": lambda z: z * z * x[0]}
    h = x
    for name in names:
        h = acts[name](h)
    return np.sum(h)


def with_a_default(x, name):
    acts = {"sine": np.sin, "square": lambda z: z * z, "cosine": np.cos}
    return np.sum(acts.get(name, np.exp)(x))


def by_number(x, k):
    steps = [np.sin, lambda z: z * z, lambda z: z**3 * x[0]]
    y = x
    for j in range(3):
        y = steps[j - k](y)
    return np.sum(y)


def named_functions(x, name):
    def square(z):
        return z * z

    def cube(z):
        return z**3

    functions = dict(square=square, cube=cube)
    chosen = functions[name]
    name = "square"
    return np.sum(chosen(x) * functions[name](x))


def counts_its_calls(x, name):
    n = 0

    def power(z):
        nonlocal n
        n = n + 1
        return z * z * n

    functions = {"power": power, "same": lambda z: z}
    y = functions[name](x) + functions["power"](x)
    return np.sum(y * functions[name](y))


X = np.array([1.3, 0.7])
CASES = [
    *(Case(activation, (X, name)) for name in ("relu", "tanh", "square")),
    Case(layers, (X, ["square", "relu", "square"])),
    *(Case(with_a_default, (X, name)) for name in ("sine", "square", "none")),
    *(Case(by_number, (X, k)) for k in (1, 3)),
    *(Case(named_functions, (X, name)) for name in ("square", "cube")),
    *(Case(counts_its_calls, (X, name)) for name in ("power", "same")),
]
