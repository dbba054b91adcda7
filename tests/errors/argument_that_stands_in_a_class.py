import numpy as np


class Model:
    weights = np.array([1.0, 2.0, 3.0])

    def total(self, a):
        return (self.weights * a).sum()


MODEL = Model()


def f(a):
    a[0] = a[0] * 3.0
    return MODEL.total(a)


def use(tx):
    return tx.grad(f)(Model.weights)

# error
# AliasError: an argument that is written is read as a variable of an outer scope, too
#   Pass a copy: x.copy()
