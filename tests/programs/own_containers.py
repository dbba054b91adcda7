"""Containers of the user's below the classes of collections.abc, which make ``update``, ``pop`` or ``append`` of a few methods."""

from collections import UserDict, UserList
from collections.abc import MutableMapping, MutableSequence

from tests.programs import Case


class Parameters(MutableMapping):
    def __init__(self):
        self.store = {}

    def __getitem__(self, key):
        return self.store[key]

    def __setitem__(self, key, value):
        self.store[key] = value

    def __delitem__(self, key):
        del self.store[key]

    def __iter__(self):
        return iter(self.store)

    def __len__(self):
        return len(self.store)


class Steps(MutableSequence):
    def __init__(self):
        self.items = []

    def __getitem__(self, index):
        return self.items[index]

    def __setitem__(self, index, value):
        self.items[index] = value

    def __delitem__(self, index):
        self.items.pop(index)

    def __len__(self):
        return len(self.items)

    def insert(self, index, value):
        self.items.insert(index, value)


class Doubled(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, 2.0 * value)


class Halved(UserList):
    def append(self, value):
        super().append(0.5 * value)


def updated(x):
    p = Parameters()
    p.update(a=x, b=x * x)
    p["a"] *= p["b"]
    return p["b"] * p["a"] + sum(v for v in p.values()) + p.get("c", x)


def taken_out(x):
    p = Parameters()
    p["a"] = x * x
    y = p.pop("a")
    z = p.setdefault("c", y * x)
    return p["c"] * y + z * len(p)


def stepped(x):
    q = Steps()
    q.append(x)
    q.append(x * x)
    q[0] = q[1] * x
    q.insert(0, q[-1] + x)
    return q[0] * q[1] + len(q) * x


def of_the_user(x):
    d, q = Doubled(), Halved()
    d["a"] = x
    q.append(d["a"] * x)
    q.append(q[0] * x)
    return d["a"] * q[1]


CASES = [
    *(Case(f, (1.3,)) for f in (taken_out, stepped, of_the_user)),
    Case(updated, (1.3,), second="the keys of a dict are gone through, and that it is one is not known"),
]
