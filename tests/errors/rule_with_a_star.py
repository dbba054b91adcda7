import numpy as np

import tangentx as tx
from tangentx import d


def first(x, rest):
    return np.sum(np.exp(x))


@tx.adjoint(first)
def first_rule(y, x, rest):
    d[x] = d[y] * np.exp(x) * len([0, *rest])


def f(x):
    return first(x, (1, 2))

# error
# UnsupportedSyntax: a rule changes nothing, and has no stars in its lists
#   File "model.py", line 13, in first_rule
#     13 |     d[x] = d[y] * np.exp(x) * len([0, *rest])
#        |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Add lists up: rest + [(0, 1)].
