"""Lists and dicts of classes that add methods to them: what they inherit is what lists and dicts do."""

from collections import Counter, defaultdict

from tests.programs import Case


class Stack(list):
    def push(self, value):
        self.append(value)

    def last(self):
        return self[-1]

    def total(self):
        return sum(self)


class Table(dict):
    def first(self):
        return self["a"]


class Counts(Counter):
    def twice(self):
        return self["a"] * 2


class Sums(defaultdict):
    pass


class Owner:
    def __init__(self):
        self.stack, self.table = Stack(), Table()

    def work(self, x):
        self.stack.append(x)
        self.stack.append(x * x)
        self.table.update(u=x)
        return self.stack.pop() * self.table["u"] * self.stack.last()


def appended(x):
    s = Stack()
    s.append(x)
    s.append(x * x)
    return s[0] * s.last()


def extended(x):
    s = Stack()
    s.extend([x, x * x])
    return s[0] * s[1]


def in_an_attribute(x):
    return Owner().work(x)


def every_method(x):
    s = Stack()
    for i in range(4):
        s.push(x**i)
    t = s.pop()
    s.insert(0, x * x)
    s[1] = x * 3.0
    s.extend([x, t])
    s.reverse()
    return s.total() * s.last()


def words(x):
    d = Table()
    d.setdefault("a", x * x)
    d["b"] = x
    d.update({"c": d.first() * x})
    return d["b"] * d.pop("c")


def counted(x):
    c = Counts()
    c["a"] += x
    return c["a"] * c.twice()


def with_a_default(x):
    s = Sums(float)
    s["a"] += x
    s["b"] += s["a"] * x
    return s["a"] * s["b"]


CASES = [Case(f, (1.3,)) for f in (appended, extended, in_an_attribute, every_method, words, counted, with_a_default)]
