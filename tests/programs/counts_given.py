"""Counters and defaultdicts that are arguments, or stand in objects: for a key that is new they make up an item, and so do their tangents."""

from collections import Counter, defaultdict

import numpy as np

from tests.programs import Case


class Bank:
    def __init__(self, accounts):
        self.accounts = accounts

    def pay(self, name, amount):
        self.accounts[name] += amount


class Own:
    def __init__(self):
        self.c = Counter()

    def count(self, key, value):
        self.c[key] += value


def in_an_object(x, bank):
    bank.accounts["ann"] += x
    bank.accounts["bob"] += x * x
    bank.accounts["ann"] += 3.0 * x
    return bank.accounts["ann"] * bank.accounts["bob"]


def of_a_known_class(x, bank: Bank):
    bank.pay("ann", x)
    bank.pay("bob", x * x)
    bank.pay("ann", -2.0 * x)
    return bank.accounts["ann"] * bank.accounts["bob"]


def in_a_list(x):
    tables = [Own(), Own()]
    for i, table in enumerate(tables):
        table.count("a", x * (i + 1))
        table.count("b", x * x)
    return tables[0].c["a"] * tables[1].c["b"]


def given(x, c):
    c["n"] += 1
    c["a"] += x
    c["b"] += x * x
    return sum(v * w for v, w in zip(c.values(), [1.0, 2.0, 3.0])) * c["a"]


def read_before_it_is_there(x, c):
    c["a"] += x
    y = c["q"]
    n = len(c)
    c["r"] += x
    return y * x + n * c["r"] * x + c["q"]


def shares(x, c):
    for i in range(4):
        c[i % 2] += x**i
    total = sum(c.values())
    return sum((v / total) ** 2 for v in c.values())


def rows(x, g):
    for i in range(4):
        g[i % 2][i // 2] += x * i
    return g[0][1] * g[1][0] + np.sum(g[1])


def of_the_table(c, y):
    c["a"] = c["a"] * y
    c["b"] += c["a"] * 2.0
    c["z"] += c["a"]
    return c["b"] * c["a"] * c["z"]


CASES = [Case(f, (1.3, Bank(made))) for f in (in_an_object, of_a_known_class) for made in (Counter(), defaultdict(float), {"ann": 1.0, "bob": 2.0})]
CASES += [
    Case(f, (1.3, made)) for f in (given, read_before_it_is_there, shares) for made in (Counter(), defaultdict(float), defaultdict(lambda: 0.5))
]
CASES += [Case(in_a_list, (1.3,)), Case(rows, (1.3, defaultdict(lambda: np.zeros(2))))]
CASES += [Case(of_the_table, (made, 2.0), (1,)) for made in (Counter({"a": 2.0, "b": 3.0}), defaultdict(float, a=2.0, b=3.0))]
