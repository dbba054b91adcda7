import numpy as np

TABLE = np.array([1.0, 2.0, 3.0])


class Model:
    def __init__(self):
        self.table = TABLE

    def total(self):
        return TABLE.sum()


def f(x, model):
    model.table[0] = x * x
    return model.total() * x


def use(tx):
    tx.grad(f)(1.2, Model())

# error
# AliasError: an argument that is written is a variable of an outer scope that another argument reads, or what is called
#   Pass a copy: x.copy()
