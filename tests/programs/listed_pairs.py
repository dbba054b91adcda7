"""``list(d.items())``: the pairs as they are now, whatever is written to the dict later."""

from __future__ import annotations

import numpy as np

from tests.programs import Case

X = np.array([0.9, 0.6, 1.3])


def changed_by_it(x):
    q = {"a": x[0], "b": x[1] * x[2]}
    for k, v in list(q.items()):
        q[k] = v * v
    return q["a"] + q["b"]


def removed_and_made(x):
    q = {"a": x[0], "b": x[1] * x[2]}
    for i, (k, v) in enumerate(list(q.items())[::-1]):
        q[k + "2"] = v * v * (i + 1)
        del q[k]
    return sum(q.values())


def kept(x):
    q = {"a": x, "b": x * x}
    pairs = tuple(q.items())
    q["a"] = x * 3.0
    return np.sum(pairs[0][1] * q["a"] * pairs[-1][1])


def of_an_argument(x, q):
    pairs = list(q.items())
    return len(pairs) * x[0] + sum(v for _, v in pairs) * x[1]


CASES = [*(Case(f, (X,)) for f in (changed_by_it, removed_and_made, kept)), Case(of_an_argument, (X, {"a": 1.5, "b": 2.0}), (0, 1))]
