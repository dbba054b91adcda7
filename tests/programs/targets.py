"""The six programs whose derivatives are the measure of readability and speed."""

import math

import numpy as np

from tests.programs import Case


def logxx(x):
    return np.log(x * x)


def mlp(x, y, W1, b1, W2, b2):
    h = np.tanh(x @ W1 + b1)
    out = h @ W2 + b2
    return np.mean((out - y) ** 2)


def newton(x: float, a: float, tol: float, n: int):
    for i in range(n):
        r = x * x - a
        if abs(r) < tol:
            break
        odd = i % 2 == 1
        if odd:
            x = x - 0.5 * r / x
        else:
            x = x - r / (2.0 * x)
    return x * x * a


def rnn(W, h, b, xs):
    loss = 0.0
    for x in xs:
        h = np.tanh(W @ h + b + x)
        loss = loss + np.sum(h * h)
    return loss


def burgers(u, dt: float, T: int):
    u = u.copy()
    for t in range(T):
        u[1:-1] += dt * np.sin(u[1:-1]) * (u[2:] - u[:-2])
    return np.sum(u * u)


def layer(x, w):
    z = x * w
    y = math.tanh(z)
    return y


def deep(x, w, n):
    if n == 0:
        return x
    return deep(layer(x, w), w, n - 1)


rng = np.random.default_rng(1)


def coefficients_side_by_side(x):
    c0, c1, c2 = 0.3, -1.7, 2.6
    y = (c2 * x + c1) * x + c0
    a0, a1 = 1.4, -0.6
    b0, b1, b2, b3 = 0.9, 0.2, -0.8, 1.1
    return y * (a0 * x + a1) + ((b3 * y + b2) * x + b1) * x + b0


CASES = [
    Case(coefficients_side_by_side, (0.7,)),
    Case(logxx, (2.0,)),
    Case(mlp, tuple(rng.normal(size=s) for s in ((5, 3), (5, 2), (3, 4), (4,), (4, 2), (2,))), (2, 3, 4, 5)),
    Case(newton, (1.3, 2.0, 1e-9, 7), (0, 1)),
    Case(newton, (1.3, 2.0, 0.2, 7), (0, 1)),
    Case(newton, (1.3, 2.0, 1e-9, 0), (0, 1)),
    Case(rnn, (rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=4), rng.normal(size=(6, 4))), (0, 1, 2, 3)),
    Case(rnn, (rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=4), rng.normal(size=(0, 4))), (0, 1, 2)),
    Case(burgers, (np.sin(np.arange(9.0)), 0.1, 5), (0, 1)),
    Case(burgers, (np.sin(np.arange(9.0)), 0.1, 0), (0,)),
    Case(deep, (0.5, 0.8, 3), (0, 1)),
    Case(deep, (0.5, 0.8, 0), (0, 1)),
]
