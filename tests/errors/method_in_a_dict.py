import numpy as np


def f(x):
    a = x * x
    ways = {"sum": a.sum, "mean": a.mean}
    return ways["sum"]() * ways["mean"]()


def use(tx):
    return tx.grad(f)(np.ones(3))

# error
# NotDifferentiable: the method .sum of a ndarray that carries a derivative is handed on as a function
#   Hand on the object, and call its method by name: x.sum(...).
