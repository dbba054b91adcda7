import numpy as np


def f(p: dict):
    q = {"p": p.copy()}
    q["p"]["w"] *= 2.0
    return np.sum(p["w"])


def use(tx):
    tx.grad(f)({"w": np.ones(2)})

# error
# AliasError: an array that has another name is changed in place
#   Write x[...] += e where that name is to show it and x = x + e where it is not, or annotate its parameter (x: np.ndarray).
