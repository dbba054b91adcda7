"""Calls of the user's own functions, recursion, closures, inner functions, derivatives inside."""

import math

import numpy as np

import tangentx as tx
from tests.programs import Case, straight


def helper(a, b=2.0):
    if a > b:
        return a * b
    return a + b


def keywords_and_defaults(x):
    return helper(x) * helper(b=x, a=x * 3)


def square_and_sine(x):
    return x * x, math.sin(x)


def pair_by_index(x):
    return square_and_sine(x)[0] * square_and_sine(x)[1]


def pair_unpacked(x):
    a, b = square_and_sine(x)
    return a * b + a


def factorial_like(x, n):
    return x if n <= 1 else x * factorial_like(x, n - 1) + n


def recursive(x):
    return factorial_like(x, 4)


def same_twice(x):
    return helper(x, b=x)


def other_module(x, y):
    return straight.two_variables(x, y) * straight.global_scale(x)


def inner_function(x):
    def h(y):
        return x * y

    return h(x) + h(2.0)


def inner_lambda(x):
    h = lambda y: x * y + 1.0  # noqa: E731
    return h(x) * h(2.0)


def stiffness(k):
    def spring(x):
        return k * x * x

    return spring


spring = stiffness(3.0)
cubic = lambda x: x**3 + 1  # noqa: E731


def outer_scale(x):
    scale = 4.0
    return inner_scale(x) * scale


def inner_scale(x):
    return x * straight.scale


def cube(y: float):
    return y**3


def derivative_inside(x: float):
    return x * tx.grad(cube)(x)


def nested_derivatives(x):
    g = tx.grad(lambda y: x + y)
    return x * g(1.0)  # the derivative is 1: the inner one does not see x move


def nested_by_def(x, n):
    def energy(q):
        return 0.5 * q * q * x + math.cos(q)

    q = 0.3
    for _ in range(n):
        q = q - 0.1 * tx.grad(energy)(q)
    return q


def loop_of_calls(x, n):
    for i in range(n):
        x = helper(x, 0.5 * i) * 0.6
    return x


def is_even(x, n):
    if n == 0:
        return x
    return is_odd(math.sin(x), n - 1)


def is_odd(x, n):
    if n == 0:
        return -x
    return is_even(x * 1.1, n - 1)


def starred(a, *rest, k=2.0, **options):
    s = a * k
    for r in rest:
        s = s + r * a
    return s * options["scale"] + len(rest)


def gives_stars(x, y):
    return starred(x, y, x * y, scale=y) + starred(y, scale=3.0, k=x) * starred(x, 1.5, scale=2.0)


W = np.arange(6.0).reshape(2, 3) + 1.0


def weighted(x):
    if np.sum(x) > 1e9:
        return x
    return W * x


def reads_a_global_array(x):
    return np.sum(weighted(x) ** 2)


def scaled(w: float, x):
    if np.sum(x) > 1e9:
        return x
    return w * x


def annotated_as_a_number(x):
    return np.sum(scaled(x, W) ** 2)


def repeated(z: float, n: int):
    if n == 0:
        return z
    return repeated(z * W, n - 1)


def annotated_and_recursive(x):
    return np.sum(repeated(x, 2))


def averaged(x, weights=None):
    return np.average(x * x, axis=None, weights=weights) + np.sum(np.average(np.outer(x, x), axis=0, weights=weights))


class Held:
    def __init__(self, a):
        self.a = a


def cubes(held: Held):
    return np.sum(held.a**3)


dcubes = tx.grad(cubes)


def derivative_of_a_function_of_an_object(x):
    return np.sum(dcubes(Held(x)).a ** 2)


CASES = [
    Case(derivative_of_a_function_of_an_object, (np.array([1.0, 2.0]),)),
    Case(keywords_and_defaults, (1.1,)),
    Case(keywords_and_defaults, (0.4,)),
    Case(pair_by_index, (1.3,)),
    Case(pair_unpacked, (1.3,)),
    Case(recursive, (1.3,)),
    Case(same_twice, (1.3,)),
    Case(other_module, (2.0, 5.0), (0, 1)),
    Case(inner_function, (1.3,)),
    Case(inner_lambda, (1.3,)),
    Case(spring, (1.3,)),
    Case(cubic, (1.3,)),
    Case(outer_scale, (1.3,)),
    Case(derivative_inside, (1.3,)),
    Case(nested_derivatives, (1.3,)),
    Case(nested_by_def, (1.3, 4)),
    Case(loop_of_calls, (1.3, 4)),
    Case(is_even, (0.7, 4)),
    Case(is_even, (0.7, 3)),
    Case(gives_stars, (0.7, 1.3), (0, 1)),
    *(Case(f, (np.array([0.1, 0.2, 0.3]),)) for f in (reads_a_global_array, annotated_as_a_number, annotated_and_recursive)),
    Case(averaged, (np.array([0.1, 0.2, 0.3]), None)),
    Case(averaged, (np.array([0.1, 0.2, 0.3]), np.array([1.0, 2.0, 0.5]))),
]
