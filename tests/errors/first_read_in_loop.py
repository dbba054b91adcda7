import numpy as np


def f(rows: list, c):
    first = rows[0]
    for i in range(3):
        r = rows[i]
        r[0] = c * first[0] + r[1]
    return sum(np.sum(r**2) for r in rows)


def use(tx):
    return tx.grad(f)([np.ones(2), np.ones(2), np.ones(2)], 0.5)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: first or r
