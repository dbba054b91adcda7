import math

import tangentx as tx
from tangentx import d


def own(x):
    return math.sin(x)


@tx.adjoint(own)
def rule(y, x):
    d[x] = d[y] * math.cos(x)


def f(x):
    return own(x) * x


def use(tx):
    tx.jvp(f)

# error
# NotDifferentiable: own has no forward derivative
#   File "model.py", line 17, in f
#     17 |     return own(x) * x
#        |            ^^^^^^
#   Declare its derivative (from tangentx import d):
#       @tx.tangent(own)
#       def own_tangent(y, x):
#           d[y] = ...  # from d[x]
#   or wrap the value in tx.stop_gradient.
