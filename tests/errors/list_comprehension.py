import numpy as np


def f(x):
    return sum([a * a for a in x])

# error
# UnsupportedSyntax: a list comprehension is not supported yet
#   File "model.py", line 5, in f
#     5 |     return sum([a * a for a in x])
#       |                ^^^^^^^^^^^^^^^^^^
#   Use a for loop that writes into an array.
