"""Writes of items whose key is in the dict already, and writes whose key only seems to be."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from tests.programs import Case


class Zero(dict):
    def __missing__(self, k):
        return 0.0


def taken_out_and_put_back(x):
    d = {"a": x, "b": x * x, "c": 2 * x}
    for k in list(d):
        v = d.pop(k)
        d[k] = v * x
    del d["b"]
    d["b"] = d["a"] * 3
    t = 0.0
    for i, k in enumerate(d):
        t += d[k] * (i + 1)
    return t * len(d)


def cleared_and_filled(x):
    d = {"a": x, "b": x * x}
    v = d["a"]
    d.clear()
    d["a"] = v * x
    d["c"] = d["a"] ** 2
    return sum(d.values()) * len(d)


def taken_out_under_another_name(x):
    d = {"a": x, "b": x * x}
    e = d
    y = d["b"]
    del e["b"]
    d["b"] = y**2
    return d["b"] * d["a"] + sum(d.values())


def keys_of_before(x):
    d = {"a": x, "b": x * x}
    ks = list(d)
    del d["b"]
    for k in ks:
        d[k] = d.get(k, 1.0) * x
    return sum(v * (i + 1) for i, v in enumerate(d.values()))


def pairs_as_keys(x):
    t = {}
    for i in range(3):
        for j in range(3):
            t[(i, j)] = x * (i + 1) + j
    for i in range(3):
        for j in range(3):
            t[(i, j)] = t[(i, j)] * t[(j, i)]
            t[i, j] += x
    t.pop((0, 0))
    t[(0, 0)] = x
    return sum(t.values())


def taken_out_in_one_iteration(x):
    d = {"a": x, "b": x * x, "c": 2 * x}
    q = ["a", "b", "c"]
    n = 0
    while d and n < 5:
        k = q[n % 3]
        if k in d:
            d[k] = d[k] * x
            if n > 2:
                v = d.pop(k)
                d["z"] = v * x
        else:
            d[k] = x**3
        n += 1
    return sum(v * (i + 1) for i, v in enumerate(d.values()))


def read_in_a_try(x):
    d = {"a": x}
    for k in "ab":
        try:
            v = d[k]
            d[k] = v * x
        except KeyError:
            d[k] = x * 2
    return d["a"] * d["b"] * len(d)


def read_without_being_there(x):
    d = Zero()
    d["a"] = d["a"] + x
    d["b"] = d["a"] * x
    return sum(d.values()) * len(d)


def until_a_break(x):
    d = {"a": x, "b": x * x, "c": 2 * x}
    for k in d:
        if k == "c":
            break
        d[k] = d[k] ** 2
    return sum(d.values())


def swapped(x):
    d = {"a": x, "b": x * x}
    for i in range(3):
        d["a"], d["b"] = d["b"], d["a"] * x
    return d["a"] * d["b"] ** 2


def one_key_or_the_other(x):
    d = {"a": x}
    for i in range(4):
        k = "a" if i % 2 else "b"
        if i > 1:
            d[k] = d[k] * x
        else:
            d[k] = x * (i + 1)
    return sum(v * (i + 1) for i, v in enumerate(d.values()))


def made_of_pairs(x):
    ps = [("a", x), ("b", x * x)]
    d = dict(ps)
    for p in ps:
        d[p[0]] = d[p[0]] * x
        d[p] = x
    return sum(d.values()) * len(d)


def read_whole_before(x):
    d = {"a": x, "b": x * x}
    s = 0.0
    for i in range(3):
        s += sum(v**2 for v in d.values())
        d["a"] = d["a"] * x
        d["c%d" % i] = x
        d["c%d" % i] = d["a"]
    return s * len(d)


def counted(x):
    d = defaultdict(float)
    for w in "abca":
        d[w] = d[w] + x
    for w in "ab":
        d[w] += x * d[w]
    return sum(v**2 * (i + 1) for i, v in enumerate(d.values())) * len(d)


def trained(params, x):
    for _ in range(2):
        for name in params:
            params[name] = params[name] - 0.1 * x * params["w"]
    return np.sum(params["w"] * params["b"])


W = {"w": np.array([1.0, 2.0]), "b": np.array([0.5, 0.7])}

CASES = [
    *(
        Case(f, (0.7,))
        for f in (
            taken_out_and_put_back,
            cleared_and_filled,
            taken_out_under_another_name,
            keys_of_before,
            pairs_as_keys,
            taken_out_in_one_iteration,
            read_in_a_try,
            read_without_being_there,
            until_a_break,
            swapped,
            one_key_or_the_other,
            made_of_pairs,
            read_whole_before,
            counted,
        )
    ),
    Case(trained, (W, np.array([1.1, 0.9])), (0, 1)),
]
