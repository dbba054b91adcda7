import math

import tangentx as tx
from tangentx import d


def own(x):
    return math.sin(x)


@tx.adjoint(own)
def rule(y, x):
    d[x + 1] = d[y]


def f(x):
    return own(x)

# error
# UnsupportedSyntax: d[...] takes the name of the result or of a parameter
#   File "model.py", line 13, in rule
#     13 |     d[x + 1] = d[y]
#        |     ^^^^^^^^
#   Write d[x].
