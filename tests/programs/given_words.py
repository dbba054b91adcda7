"""Functions to differentiate that look at what their ``**`` was given: a default of the function behind it is not given."""

from __future__ import annotations

import numpy as np

from tests.programs import Case


def model(x, a=1.0, b=2.0):
    return np.sum(a * x * x * x + b * x)


def asks_for_any(x, **words):
    scale = 2.0 if words else 1.0
    return scale * model(x, **words)


def asks_for_one(x, **words):
    if "a" in words:
        return 5.0 * model(x, **words)
    return model(x, **words)


def counts(x, **words):
    return model(x, **words) * (1 + len(words))


def sets_a_default(x, **words):
    words.setdefault("a", 3.0)
    return model(x, **words)


def takes_one_out(x, **words):
    a = words.pop("a", 4.0)
    return model(x, **words) * a


def gets_one(x, **words):
    return model(x, **words) * words.get("a", 4.0)


def in_a_local_function(x, **words):
    def h(t):
        return model(t, **words) * (3.0 if words else 1.0)

    return h(x)


def sums_them(x, **words):
    return sum(words.values()) * np.sum(x * x) + model(x, **words)


def refuses_any(x, **words):
    if words:
        raise TypeError(f"unknown: {list(words)}")
    return model(x, **words)


def counts_the_others(x, *args):
    return model(x, *args) * (1 + len(args))


X = np.array([1.3, 0.7])
CASES = [
    Case(f, (X,))
    for f in (
        asks_for_any,
        asks_for_one,
        counts,
        sets_a_default,
        takes_one_out,
        gets_one,
        in_a_local_function,
        sums_them,
        refuses_any,
        counts_the_others,
    )
]
