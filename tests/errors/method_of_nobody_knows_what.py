import numpy as np


class Model:
    def __init__(self, w):
        self.w = w

    def mean(self):
        return self.w.mean(axis=0)


def f(x, model):
    return np.sum(x * model.mean())


def use(tx):
    return tx.grad(f)(2.0, Model(np.ones((2, 3))))

# error
# ArgumentError: argument of class Model has 'mean' of its own, which is taken for that of an array
#   Annotate the parameter with its class (Model), or give it another name.
