import numpy as np

import tangentx as tx


def own(x):
    return float(x)


@tx.adjoint(own)
def rule(y, x):
    for _ in range(2):
        tx.d[x] = tx.d[y]


def f(x):
    return own(x)

# error
# UnsupportedSyntax: a rule is straight-line code
#   File "model.py", line 12, in rule
#     12 |     for _ in range(2):
#        |     ^^^^^^^^^^^^^^^^^^
#   Put the loop into a function of tangentx.runtime.
