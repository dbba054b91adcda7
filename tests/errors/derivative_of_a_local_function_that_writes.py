import numpy as np

import tangentx as tx


def f(x):
    seen = np.zeros(2)

    def g(t):
        seen[0] = t
        return t * t

    return tx.grad(g)(x) + seen[0]

# error
# UnsupportedSyntax: g writes to 'seen', which is of the function around it
#   File "model.py", line 13, in f
#     13 |     return tx.grad(g)(x) + seen[0]
#        |            ^^^^^^^^^^^^^
#   Return the value: its derivative has no such effect.
