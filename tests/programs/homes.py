"""Functions that are reached in another way than by their name in their module."""

import numpy as np

from tests.programs import Case


def make(k):
    def inner(x):
        for _ in range(2):
            x = x * k
        return x

    return inner


inner = make(3.0)


def outer(x):
    for _ in range(2):
        x = x + inner(x)
    return x


def calls_what_calls_a_closure(x):
    return outer(x) * x


def weighed(x, weights=np.array([2.0, -1.0])):
    return (x * x * weights).sum()


def name_that_means_another_function_by_now(x):
    return first(x) * weighed(x)


first = weighed


def weighed(x, weights=np.array([0.5, 3.0])):  # noqa: F811
    return (x * x * x * weights).sum()


def weigher(weights):
    def by(x, *, table={"last": weights[-1]}):
        return x * table["last"]

    def weigh(x, w=weights):
        for _ in range(2):
            x = by(x) * w
        return (x * w).sum()

    return weigh


local_with_a_default = weigher(np.array([2.0, -1.0]))


def calls_a_local_function_with_a_default(x):
    return local_with_a_default(x) * x[0]


CASES = [
    Case(local_with_a_default, (np.array([0.3, 1.2]),)),
    Case(weigher(np.array([3.0, 1.5])), (np.array([0.3, 1.2]),)),
    Case(calls_a_local_function_with_a_default, (np.array([0.3, 1.2]),)),
    Case(calls_what_calls_a_closure, (0.7,)),
    Case(first, (np.array([0.3, 1.2]),)),
    Case(name_that_means_another_function_by_now, (np.array([0.3, 1.2]),)),
]
