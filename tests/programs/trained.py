"""Training inside the function: parameters, momenta and their like are changed in place where they stand, in lists, dicts and pairs."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.programs import Case

X = np.array([[0.3, -0.4, 0.8], [1.1, 0.2, -0.5]])
T = np.array([[0.5, -0.2], [0.1, 0.9]])


def weights() -> Any:
    return np.array([[0.4, -0.3], [0.2, 0.7], [-0.6, 0.1]]), np.array([0.05, -0.15])


def sgd_over_the_items_of_a_dict(params, rate):
    for step in range(3):
        grads = {k: np.sin(p) * p for k, p in params.items()}
        for k, p in params.items():
            p -= rate * grads[k]
    return np.mean((np.tanh(X @ params["w"] + params["b"]) - T) ** 2)


def sgd_over_the_values_of_a_dict(params, rate):
    for p in params.values():
        p -= rate * np.sin(p)
    return np.mean((np.tanh(X @ params["w"] + params["b"]) - T) ** 2)


def sgd_over_layers(layers, rate):
    for step in range(2):
        for layer in layers:
            for p in layer:
                p -= rate * np.sin(p) * p
    h = X
    for w, b in layers:
        h = np.tanh(h @ w + b)
    return np.mean((h - T) ** 2)


def sgd_over_a_dict_of_layers(layers, rate):
    for name, layer in layers.items():
        for p in layer:
            p -= rate * np.cos(p)
    w, b = layers["first"]
    return np.mean((np.tanh(X @ w + b) - T) ** 2)


def sgd_over_pairs(params, rate):
    for step in range(2):
        grads = [(np.sin(w) * w, np.cos(b)) for w, b in params]
        for (w, b), (dw, db) in zip(params, grads):
            w -= rate * dw
            b -= rate * db
    return np.mean((np.tanh(X @ params[0][0] + params[0][1]) - T) ** 2)


def sgd_by_index(params, rate):
    for k in range(len(params)):
        p = params[k]
        p -= rate * np.sin(p)
    return np.mean((np.tanh(X @ params[0] + params[1]) - T) ** 2)


def momentum(params, rate):
    speeds = [np.zeros_like(p) for p in params]
    for step in range(3):
        grads = [np.sin(p) * p for p in params]
        for p, g, v in zip(params, grads, speeds):
            v *= 0.9
            v -= rate * g
            p += v
    return np.mean((np.tanh(X @ params[0] + params[1]) - T) ** 2)


def adam(params, rate):
    means = [np.zeros_like(p) for p in params]
    squares = [np.zeros_like(p) for p in params]
    for t in range(1, 4):
        grads = [np.sin(p) * p + 0.3 for p in params]
        for p, g, m, v in zip(params, grads, means, squares):
            m *= 0.9
            m += 0.1 * g
            v *= 0.99
            v += 0.01 * g**2
            p -= rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 0.001)
    return np.mean((np.tanh(X @ params[0] + params[1]) - T) ** 2)


def rows_of_a_table(tables, rate):
    for table in tables:
        for row in table:
            row -= rate * np.sin(row)
    return np.sum(tables**3)


class Layer:
    def __init__(self, w, b):
        self.w = w
        self.b = b


def cosine_in_an_object_that_is_changed(x, rate):
    layers = [Layer(np.cos(x), x * 3.0)]
    for layer in layers:
        layer.w[:] -= rate * np.sin(layer.b)
    return np.sum(layers[0].w ** 2 * layers[0].b * np.sin(x))


def cosine_in_a_list_that_is_joined(x, rate):
    arrays = [np.cos(x)] + [x * 2.0]
    for v in arrays:
        v -= rate * v**2
    return np.sum(arrays[0] * np.sin(x) * arrays[1])


W, B = weights()
CASES = [
    Case(sgd_over_the_items_of_a_dict, ({"w": W, "b": B}, 0.1), (0,)),
    Case(sgd_over_the_values_of_a_dict, ({"w": W, "b": B}, 0.1), (0,)),
    Case(sgd_over_layers, ([[W, B], [W[:2] + 0.1, B * 2.0]], 0.1), (0,)),
    Case(sgd_over_a_dict_of_layers, ({"first": [W, B], "last": [W[:1] + 1.0]}, 0.1), (0, 1)),
    Case(sgd_over_pairs, ([(W, B)], 0.1), (0,)),
    Case(sgd_by_index, ([W, B], 0.1), (0, 1)),
    Case(momentum, ([W, B], 0.1), (0,)),
    Case(adam, ([W, B], 0.1), (0,)),
    Case(cosine_in_an_object_that_is_changed, (np.array([0.7, 1.3]), 0.1), (0, 1)),
    Case(cosine_in_a_list_that_is_joined, (np.array([0.7, 1.3]), 0.1), (0, 1)),
    Case(rows_of_a_table, (np.array([[[0.2, 0.5], [0.7, -0.3]], [[0.1, 0.9], [-0.8, 0.4]]]), 0.1), (0, 1)),
]
