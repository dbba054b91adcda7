import math

import tangentx as tx
from tangentx import d


def own(x, y):
    return math.sin(x) * y


@tx.adjoint(own)
def rule(z, x, y):
    d[x] = d[z] * math.cos(x) * y


def f(x):
    return own(x, x)

# error
# NotDifferentiable: model.own has no derivative with respect to 'y'
#   File "model.py", line 17, in f
#     17 |     return own(x, x)
#        |            ^^^^^^^^^
#   Pass a constant there, or declare a rule for it.
