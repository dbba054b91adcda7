from types import MappingProxyType

import numpy as np


def f(x, given):
    given["w"][0] = x
    return (given["w"] ** 2).sum()


def use(tx):
    return tx.grad(f)(2.0, MappingProxyType({"w": np.ones(3)}))

# error
# NotDifferentiable: what a mappingproxy shows is copied, to be written
#   Pass a dict: dict(m).
