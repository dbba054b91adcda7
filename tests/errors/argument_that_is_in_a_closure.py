import numpy as np


def make(rates):
    def f(a):
        a *= 3.0
        return rates[0] * np.sum(a)

    return f


def use(tx):
    rates = np.array([0.5, 0.7])
    tx.grad(make(rates))(rates)

# error
# AliasError: an argument that is written is read as a variable of an outer scope, too
#   Pass a copy: x.copy()
