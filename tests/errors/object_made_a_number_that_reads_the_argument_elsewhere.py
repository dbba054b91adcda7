import math

import numpy as np

RATES = np.array([1.0, 2.0])


class Rate:
    def __float__(self):
        return float(RATES[0])


def f(w, rate):
    w[0] = w[0] * 3.0
    return math.sqrt(rate) * w[0] * w[1]


def use(tx):
    return tx.grad(f)(RATES, Rate())

# error
# AliasError: an argument that is written is a variable of an outer scope that an operator of another argument reads
#   Pass a copy: x.copy()
