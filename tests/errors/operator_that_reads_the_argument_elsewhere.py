import numpy as np

RATES = np.array([1.0, 2.0])


class Steps:
    def __len__(self):
        return int(RATES[0])


def f(w, steps):
    w[0] = w[0] * 3.0
    return len(steps) * w[0] * w[1]


def use(tx):
    return tx.grad(f)(RATES, Steps())

# error
# AliasError: an argument that is written is a variable of an outer scope that an operator of another argument reads
#   Pass a copy: x.copy()
