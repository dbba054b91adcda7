import numpy as np


total = 0.0


def f(x):
    global total
    total = x * x
    return total

# error
# UnsupportedSyntax: writing to a variable outside of the function is not supported
#   File "model.py", line 8, in f
#     8 |     global total
#       |     ^^^^^^^^^^^^
#   Return the value instead.
