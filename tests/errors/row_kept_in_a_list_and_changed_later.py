import numpy as np


def f(x):
    rows, kept = [np.zeros(2), np.zeros(2)], []
    for i in range(4):
        row = rows[i % 2]
        row[i // 2] = x * (i + 1)
        kept.append(row)
    return np.sum(kept[0]) * np.sum(kept[3])


def use(tx):
    return tx.jvp(f)(2.0, x_dot=1.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: kept or row
