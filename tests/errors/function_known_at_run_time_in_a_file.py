import numpy as np


def f(g, x):
    return g(x) + np.sin(x)


def use(tx):
    from tangentx.api import module_text

    return module_text(f, wrt="x")

# error
# UnsupportedSyntax: g is only known while running, and this file has the derivatives of what is known now
#   File "model.py", line 5, in f
#     5 |     return g(x) + np.sin(x)
#       |            ^^^^
#   Call a named function.
