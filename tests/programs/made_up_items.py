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


class Kept:
    """What keeps a defaultdict; a copy of it is one of its own."""

    def __init__(self, items=()):
        self.items = defaultdict(float, items)

    def again(self):
        return Kept(self.items)

    def how_many(self):
        return len(self.items)


def look(kept):
    return len(kept.items)


def of_an_attribute(x, kept):
    own = kept.again()
    unused = own.items["b"]  # noqa: F841
    return x**2 * len(own.items) + x * own.how_many() + look(own)


def by_another_name(x, kept):
    own = kept.again()
    d = own.items
    unused = d["b" + "c"]  # noqa: F841
    return x**2 * len(own.items) + x * ("bc" in own.items)


def of_one_of_two(x, kept):
    own = kept.again()
    d = own.items if x > 0 else {"b": 1.0}
    unused = d["b"]  # noqa: F841
    return x**2 * sum([1.0 for k in own.items])


def of_an_item(x, kept):
    rows = [kept.copy(), kept.copy()]
    for row in rows:
        unused = row["b"]  # noqa: F841
    n = 0
    for i in range(len(rows)):
        n += len(rows[i])
    first, second = rows
    unused = first["c"], second["c", "d"]  # noqa: F841
    return x**2 * n + x * len(rows[0]) * len(rows[1])


def written_in_a_branch(x, kept):
    d = kept.copy()
    unused = d["b"]  # noqa: F841
    if x > 0:
        d["e"] = x
    return x**2 * len(d)


CASES = [
    *(Case(f, (1.3, defaultdict(float))) for f in (counted, linear, gone_through, asked_for, counted_by_a_function, read_after_the_count)),
    *(Case(read_in_a_branch, (x, defaultdict(float))) for x in (1.3, -0.4)),
    Case(read_in_a_loop, (1.3, defaultdict(float), ["a", "b", "a"])),
    *(Case(f, (1.3, Kept())) for f in (of_an_attribute, by_another_name, of_one_of_two)),
    *(Case(f, (x, defaultdict(float))) for f in (of_an_item, written_in_a_branch) for x in (1.3, -0.4)),
]
