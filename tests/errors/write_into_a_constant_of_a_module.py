import math


def f(x):
    math.pi[0] = x
    return x

# error
# UnsupportedSyntax: a write into something that has no name here
#   File "model.py", line 5, in f
#     5 |     math.pi[0] = x
#       |     ^^^^^^^^^^
#   Make a copy in the function and return it.
