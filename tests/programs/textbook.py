"""Programs from textbooks and from reports of what others get wrong."""

import math

import numpy as np

import tangentx as tx
from tests.programs import Case, twin


def power(x, n):
    r = 1.0
    while n > 0:
        r = r * x
        n = n - 1
    return r


def griewank(x1, x2):
    return math.log(x1) + x1 * x2 - math.sin(x2)


def tanh_ten(x):
    i = 0
    while i < 10:
        x = np.tanh(x)
        i += 1
    return x


def speelpenning(xs):
    product = 1.0
    for x in xs:
        product = product * x
    return product


def logsumexp_streaming(xs):
    top, total = xs[0], 0.0
    for x in xs:
        if x > top:
            total = total * np.exp(top - x) + 1.0
            top = x
        else:
            total = total + np.exp(x - top)
    return top + np.log(total)


def extremes(x, y):
    return min(x, x * x) * max(y, 0.5, x) + max([x, y])


def kind_of(x):
    if isinstance(x, np.ndarray):
        return np.sum(x * x)
    return x**3


def norm(x):
    return math.sqrt(x * x + 1.0)


def two_of_one_name(x):
    return norm(x) * twin.norm(x)


scale = 10.0


def shadowed(x):
    scale = x * 2.0

    def scaled(y):
        return y * scale

    return scaled(x) + scaled(3.0)


def default_is_a_value(x, b=2.0):
    def inner(y, a=x):
        return a * y

    return inner(b) + inner(x, b)


def product_with_itself(a, b):
    return a * b


def same_argument_twice(a):
    return product_with_itself(a, b=a)


def inner_sum(x, y):
    return x + y


def nested_derivative(x):
    return x * tx.grad(inner_sum, 1)(x, 1.0)


def inner_product(x, y):
    return x * x * y


def derivative_of_derivative(x):
    return tx.grad(inner_product, 1)(x, x) * tx.grad(inner_product)(x, 2.0)


def overwritten_buffer(x):
    b = x * 2.0
    s = np.sum(b * x * x)
    b[:] = 0
    return s + np.sum(b)


def fixed_point(a, x):
    for k in range(60):
        new = 0.5 * (x + a / x)
        if abs(new - x) < 1e-14:
            break
        x = new
    return x


def simpson(a, b, n):
    h = (b - a) / n
    total = math.exp(-a * a) + math.exp(-b * b)
    for i in range(1, n):
        x = a + i * h
        total += (4.0 if i % 2 else 2.0) * math.exp(-x * x)
    return total * h / 3.0


def bessel_series(x, order):
    term = (x / 2.0) ** order / math.factorial(order)
    total = term
    for k in range(1, 15):
        term *= -(x * x) / (4.0 * k * (k + order))
        total += term
    return total


def kepler(mean, eccentricity):
    anomaly = mean
    for _ in range(20):
        anomaly = anomaly - (anomaly - eccentricity * math.sin(anomaly) - mean) / (1.0 - eccentricity * math.cos(anomaly))
    return anomaly


def lorenz(x, y, z, rho, dt, steps):
    for _ in range(steps):
        dx = 10.0 * (y - x)
        dy = x * (rho - z) - y
        dz = x * y - 8.0 / 3.0 * z
        x, y, z = x + dt * dx, y + dt * dy, z + dt * dz
    return x * y + z


def determinant_by_elimination(A):
    A = A.copy()
    n = A.shape[0]
    det = 1.0
    for k in range(n):
        det = det * A[k, k]
        for i in range(k + 1, n):
            A[i, k:] -= A[i, k] / A[k, k] * A[k, k:]
    return det


def filter_kalman(q, r, zs):
    x, p, likelihood = 0.0, 1.0, 0.0
    for z in zs:
        p = p + q
        s = p + r
        e = z - x
        likelihood += -0.5 * (np.log(s) + e * e / s)
        x = x + p / s * e
        p = (1.0 - p / s) * p
    return likelihood


def hidden_markov(transition, emission, start, observed):
    alpha = start * emission[:, observed[0]]
    total = 0.0
    for o in observed[1:]:
        norm = np.sum(alpha)
        total += np.log(norm)
        alpha = (alpha / norm) @ transition * emission[:, o]
    return total + np.log(np.sum(alpha))


def lennard_jones(p):
    energy = 0.0
    n = p.shape[0]
    for i in range(n):
        for j in range(i):
            d = p[i] - p[j]
            r2 = d @ d
            s = 1.0 / r2**3
            energy += 4.0 * (s * s - s)
    return energy


def ackley(x):
    n = len(x)
    a = -20.0 * np.exp(-0.2 * np.sqrt(np.sum(x**2) / n))
    return a - np.exp(np.sum(np.cos(2 * np.pi * x)) / n) + 20.0 + np.e


def piecewise_newton(x):
    y = x
    for _ in range(3):
        if y > 1.0:
            y = y - (y * y - x) / (2.0 * y)
        else:
            y = y + 0.1 * x
    return y


v = np.array([0.7, 1.1, 0.4])
rng = np.random.default_rng(5)
A = rng.normal(size=(4, 4)) + 4 * np.eye(4)
T = np.array([[0.7, 0.3], [0.2, 0.8]])
E = np.array([[0.5, 0.3, 0.2], [0.1, 0.3, 0.6]])
CASES = [
    Case(power, (2.0, 4)),
    Case(griewank, (2.0, 5.0), (0, 1)),
    Case(tanh_ten, (0.7,)),
    Case(speelpenning, (v,)),
    Case(logsumexp_streaming, (v,)),
    Case(extremes, (0.4, 0.7), (0, 1)),
    Case(kind_of, (v,)),
    Case(kind_of, (0.7,)),
    Case(two_of_one_name, (0.7,)),
    Case(shadowed, (0.7,)),
    Case(default_is_a_value, (0.7, 1.3), (0, 1)),
    Case(same_argument_twice, (0.7,)),
    Case(nested_derivative, (0.7,)),
    Case(derivative_of_derivative, (0.7,)),
    Case(overwritten_buffer, (v,)),
    Case(fixed_point, (2.0, 1.0), (0, 1)),
    Case(simpson, (0.1, 1.3, 8), (0, 1)),
    Case(bessel_series, (1.4, 2)),
    Case(kepler, (0.8, 0.3), (0, 1)),
    Case(lorenz, (1.0, 0.5, 2.0, 28.0, 0.01, 8), (0, 1, 2, 3)),
    Case(determinant_by_elimination, (A,)),
    Case(filter_kalman, (0.3, 0.6, v), (0, 1, 2)),
    Case(hidden_markov, (T, E, np.array([0.4, 0.6]), [0, 2, 1, 1]), (0, 1, 2)),
    Case(lennard_jones, (np.array([[0.0, 0.1], [1.1, 0.0], [0.3, 1.3]]),)),
    Case(ackley, (v,)),
    Case(piecewise_newton, (1.7,)),
]
