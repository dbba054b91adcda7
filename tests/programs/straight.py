"""Straight-line code, arithmetic, broadcasting, indexing, calls of NumPy."""

import math

import numpy as np

from tests.programs import Case

scale = 2.5


def two_variables(x, y):
    return math.log(x) + x * y - math.sin(y)


def outer_ratio(x, w):
    z = x[:, None] * w[None, :]
    return np.sum(np.sin(z) / (1 + w**2))


def repeated_indices(x, idx):
    return np.sum(x[idx] ** 2 * np.arange(len(idx)))


def choose(x, y):
    return np.sum(np.maximum(x, y) * np.where(x > y, x, y**2))


def solve_and_slogdet(A, b):
    x = np.linalg.solve(A, b)
    sign, logdet = np.linalg.slogdet(A)
    return x @ x + logdet


def methods(x):
    return (x.T @ x).sum() + x.mean(axis=0).dot(x[0]) + x.reshape(-1)[2]


def broadcast_sums(x, y):
    return (x + y).sum() * np.mean(y, axis=1, keepdims=True).sum()


def global_scale(x):
    return scale * x**2


def contractions(x, y):
    return np.einsum("ij,j->i", x, y).sum() + np.tensordot(x, y, 1).max() + np.outer(y, y)[0].sum()


def joined(x):
    return np.var(np.concatenate([x, 2 * x])) + np.stack((x, x**2), axis=1)[1, 1] + np.linalg.norm(x)


def powers(x, y):
    return x**y + x**2 - x**-1.5 + 2.0**y


def small_powers(x):
    return x**0 + x**1 + x**3


def division_broadcast(x, y):
    return np.sum(x / y) + np.sum(y / x) + np.sum(x - y) * np.sum(x**y)


def negative_axes(x):
    return np.sum(np.sum(x * x, axis=(-1, -2)) * np.arange(2.0))


def newaxis_ellipsis(x):
    return np.sum(x[..., None] * x[None, ...]) + np.sum(x[::-1] * x)


def vector_result(x):
    return np.sin(x) * x[0]


def matrix_result(x, y):
    return x[:, None] * np.exp(y)[None, :]


def augmented(x, y):
    z = x * y
    z += x
    z *= 2.0
    z -= y / x
    return z


def chained(x):
    a = b = x * x
    c, d = a + b, a * b
    (e, f), g = (c, d), c * d
    return e * f + g


def variance_by_hand(x):
    m = np.sum(x) / len(x)
    return np.sum((x - m) ** 2) / (len(x) - 1)


def softmax_entropy(x):
    e = np.exp(x - np.max(x))
    p = e / np.sum(e)
    return -np.sum(p * np.log(p))


def log_likelihood(mu, sigma, data):
    return np.sum(-0.5 * ((data - mu) / sigma) ** 2 - np.log(sigma) - 0.5 * np.log(2 * np.pi))


def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def black_scholes(s: float, k: float, r: float, sigma: float, t: float) -> float:
    d1 = (math.log(s / k) + (r + sigma**2 / 2) * t) / (sigma * math.sqrt(t))
    d2 = d1 - sigma * math.sqrt(t)
    cdf1 = 0.5 * (1 + math.erf(d1 / math.sqrt(2)))
    cdf2 = 0.5 * (1 + math.erf(d2 / math.sqrt(2)))
    return s * cdf1 - k * math.exp(-r * t) * cdf2


v = np.array([0.5, 1.2, 1.7])
m = np.array([[2.0, 0.3, 0.4], [0.1, 1.5, 0.2], [1.0, 2.0, 3.0]])
CASES = [
    Case(two_variables, (2.0, 5.0), (0, 1)),
    Case(outer_ratio, (v, np.array([0.1, 0.2])), (0, 1)),
    Case(repeated_indices, (v, np.array([0, 2, 2, 1]))),
    Case(choose, (v, np.array([[2.1], [0.7]])), (0, 1)),
    Case(solve_and_slogdet, (m, v), (0, 1)),
    Case(methods, (m,)),
    Case(broadcast_sums, (v, m), (0, 1)),
    Case(global_scale, (1.3,)),
    Case(contractions, (m, v), (0, 1)),
    Case(joined, (v,)),
    Case(powers, (1.3, 0.7), (0, 1)),
    Case(powers, (v, 0.7), (0, 1)),
    Case(small_powers, (1.3,)),
    Case(division_broadcast, (v, np.array([[0.9], [1.4]])), (0, 1)),
    Case(negative_axes, (np.arange(12.0).reshape(2, 3, 2) * 0.1,)),
    Case(newaxis_ellipsis, (v,)),
    Case(vector_result, (v,)),
    Case(matrix_result, (v, v), (0, 1)),
    Case(augmented, (1.3, 0.4), (0, 1)),
    Case(chained, (1.3,)),
    Case(variance_by_hand, (v,)),
    Case(softmax_entropy, (v,)),
    Case(log_likelihood, (0.3, 1.2, v), (0, 1)),
    Case(rosenbrock, (v,)),
    Case(black_scholes, (100.0, 95.0, 0.03, 0.2, 1.5), (0, 1, 2, 3, 4)),
]
