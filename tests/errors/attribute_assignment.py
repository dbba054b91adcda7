import numpy as np


def f(x):
    x.scale = 2.0
    return x.scale

# error
# UnsupportedSyntax: assigning to an attribute is not supported yet
#   File "model.py", line 5, in f
#     5 |     x.scale = 2.0
#       |     ^^^^^^^
#   Return the new value instead.
