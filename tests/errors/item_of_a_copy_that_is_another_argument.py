import numpy as np


def f(x, rows, row):
    copied = rows.copy()
    first = copied[0]
    first *= x
    return np.sum(first) * np.sum(row)


def use(tx):
    row = np.ones(2)
    tx.grad(f)(2.0, [row, np.ones(2)], row)

# error
# AliasError: an item is changed that stands in a list and in its copy, and that it is one is only known now
#   Copy it by list(...) instead of .copy(), or copy each of its items, too.
