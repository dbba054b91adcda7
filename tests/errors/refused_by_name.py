import math

import tangentx as tx
from tangentx.rules.declare import refused


def own(x):
    return math.floor(x) + math.frexp(x)[0]


refused(own, reason="it jumps at every power of two", way_out="Use math.log2.")


def f(x):
    return own(x) * x

# error
# NotDifferentiable: own has no derivative: it jumps at every power of two
#   File "model.py", line 15, in f
#     15 |     return own(x) * x
#        |            ^^^^^^
#   Use math.log2.
