"""Arrays in lists that nobody has annotated, changed in place by loops over their items: what a training loop does."""

import numpy as np

from tests.programs import Case


def descent(params, gradients, rate):
    for p, g in zip(params, gradients):
        p -= rate * g * p
    return np.sum(params[0] * params[0] * params[1])


def descent_with_momentum(params, x, rate):
    speeds = [np.zeros_like(p) for p in params]
    for _ in range(3):
        gradients = [2.0 * p * p * x for p in params]
        for p, g, v in zip(params, gradients, speeds):
            v[:] = 0.9 * v + g
            p -= rate * v
    return np.sum(params[0] * params[1] * params[0])


def adam(params, gradients, m, s, rate):
    for p, g, mean, square in zip(params, gradients, m, s):
        mean[:] = 0.9 * mean + 0.1 * g
        square[:] = 0.99 * square + 0.01 * g * g
        p -= rate * mean / (np.sqrt(square) + 1e-3)
    return np.sum(params[0] * params[1])


def by_number(params, gradients, rate):
    for k, p in enumerate(params):
        p -= rate * gradients[k] * p
    return np.sum(params[0] * params[1] ** 2)


def by_number_in_another_list(params, rate):
    first = params[0] * 1.0
    for p in params:
        p -= rate * params[0] * first
    return np.sum(params[0] * params[1] ** 2)


def _step(params, gradients, rate):
    for p, g in zip(params, gradients):
        p -= rate * g


def steps_of_a_function(params, gradients, rate):
    _step(params, gradients, rate)
    _step(params, [p * p for p in params], rate)
    return np.sum(params[0] * params[1] ** 2)


def twice_with_a_list_between(params, rate):
    for p in params:
        p -= rate * p * p
    params = [2.0 * p for p in params]
    for p in params:
        p -= rate * p * p
    return np.sum(params[0] * params[0] * params[1])


def read_behind_a_loop_that_is_taken_back(params: list, rate):
    for p in params:
        p -= rate * p * p
    return np.sum(params[0] * params[0] * params[1])


def read_of_what_was_appended(x):
    qs = []
    for _ in range(2):
        qs.append(2.0 * x)
    for q in qs:
        q *= q
    return np.sum(qs[0] * qs[0] * qs[1])


def _arrays(*values):
    return [np.array(v) for v in values]


PARAMS = _arrays([1.0, 2.0], [0.7, -0.4])
GRADIENTS = _arrays([0.5, 0.1], [0.2, -0.3])
ROWS = np.array(PARAMS)

CASES = [
    Case(descent, (PARAMS, GRADIENTS, 0.1), (0, 1, 2)),
    Case(descent, (ROWS, GRADIENTS, 0.1), (0, 1, 2)),
    Case(descent_with_momentum, (PARAMS, np.array([0.3, 0.4]), 0.1), (0, 1)),
    Case(adam, (PARAMS, GRADIENTS, _arrays([0.1, 0.2], [0.3, 0.4]), _arrays([1.1, 0.2], [0.3, 0.4]), 0.1), (0, 1, 2, 3)),
    Case(by_number, (PARAMS, GRADIENTS, 0.1), (0, 1)),
    Case(by_number_in_another_list, (PARAMS, 0.1), (0, 1)),
    Case(steps_of_a_function, (PARAMS, GRADIENTS, 0.1), (0, 1)),
    Case(twice_with_a_list_between, (PARAMS, 0.1), (0, 1)),
    Case(read_behind_a_loop_that_is_taken_back, (PARAMS, 0.1), (0, 1)),
    Case(read_of_what_was_appended, (np.array([1.0, 0.6]),)),
]
