import numpy as np


def f(x, options):
    return np.sum(x, **options)

# error
# UnsupportedSyntax: what ** stands for is not known while transforming
#   File "model.py", line 5, in f
#     5 |     return np.sum(x, **options)
#       |                        ^^^^^^^
#   Write the keyword arguments out.
