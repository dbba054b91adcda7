"""Code of the user's in the backward pass: what only looks changes nothing; ``clipped_states`` is for reading."""

import numpy as np

import tangentx as tx
from tests.programs import Case


def looked_at_everywhere(x, n):
    y = x
    with tx.insert_grad_of(x) as x_bar:
        assert np.isfinite(x_bar)
    for i in range(n):
        if i % 2 == 0:
            y = y * x
            with tx.insert_grad_of(y) as y_bar, tx.insert_grad_of(x) as x_bar:
                assert np.isfinite(y_bar + x_bar + i)
        else:
            y = np.sin(y) + x
    while y < 2.0:
        with tx.insert_grad_of(y) as bar:
            if not np.isfinite(bar):
                raise FloatingPointError(f"{bar} of {y}")
        y = y * y + x
    return y


def looked_at_while_it_is_filled(x):
    y = np.zeros_like(x)
    for i in range(1, len(x)):
        y[i] = y[i - 1] * x[i] + x[i - 1]
        with tx.insert_grad_of(y) as y_bar:
            assert y_bar.shape == y.shape
            y_bar[0] + x[0]
    return np.sum(y * y)


def clipped_states(W, xs, limit):
    h = np.zeros(W.shape[0])
    total = 0.0
    for x in xs:
        h = np.tanh(W @ h + x)
        with tx.insert_grad_of(h) as h_bar:
            # exploding gradients: at most as long as this
            norm = np.sqrt(np.sum(h_bar**2))
            if norm > limit:
                h_bar = h_bar * (limit / norm)
        total += np.sum(h * h)
    return total


v = np.array([0.5, 1.2, 0.7])
CASES = [
    Case(looked_at_everywhere, (1.1, 4)),
    Case(looked_at_everywhere, (0.7, 3)),
    Case(looked_at_while_it_is_filled, (v,)),
]
