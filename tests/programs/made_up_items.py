"""Reads of a defaultdict that nobody uses, and that put a key there: what is asked of the dict after that counts it.

They copy it, since a case is run often.
"""

from collections import defaultdict

from tests.programs import Case


def counted(x, kept):
    d = kept.copy()
    d["a"]
    unused = d["b"] + d["c"]  # noqa: F841
    return x * len(d)


def linear(x, kept):
    d = kept.copy()
    y = d["a"]
    z = d["b"]
    w = z + y
    return x * x * len(d) + w


def gone_through(x, kept):
    d = kept.copy()
    y = d["b"]
    return x**2 * sum([1.0 for k in d]) + 2.0 * y


def asked_for(x, kept):
    d = kept.copy()
    y = d["b"]
    return x**2 * ("b" in d) + y


def read_in_a_loop(x, kept, words):
    d = kept.copy()
    s = 0.0
    for word in words:
        s += d[word]
    return x**3 * len(d)


def read_in_a_branch(x, kept):
    d = kept.copy()
    a = d["q"] if x > 0 else d["r"] + d["s"]  # noqa: F841
    return x**2 * len(d.keys())


def read_after_the_count(x, kept):
    d, n = kept.copy(), 0
    for _ in range(3):
        n = n + len(d)
        unused = d["j"] * 2.0  # noqa: F841
    return x**2 * n


def size(d):
    return len(d)


def counted_by_a_function(x, kept):
    d = kept.copy()
    y, z = d["b"], d["c"]  # noqa: F841
    return x**2 * size(d)


CASES = [
    *(Case(f, (1.3, defaultdict(float))) for f in (counted, linear, gone_through, asked_for, counted_by_a_function, read_after_the_count)),
    *(Case(read_in_a_branch, (x, defaultdict(float))) for x in (1.3, -0.4)),
    Case(read_in_a_loop, (1.3, defaultdict(float), ["a", "b", "a"])),
]
