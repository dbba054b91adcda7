import numpy as np


def f(x):
    match x:
        case 0:
            return x
        case _:
            return x * x

# error
# UnsupportedSyntax: match is not supported yet
#   File "model.py", line 5, in f
#     5 |     match x:
#       |     ^^^^^^^^
#   Use if and elif.
