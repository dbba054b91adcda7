import numpy as np


def f(x):
    class Point:
        pass

    return x

# error
# UnsupportedSyntax: a class inside a function is not supported
#   File "model.py", line 5, in f
#     5 |     class Point:
#       |     ^^^^^^^^^^^^
#   Define the class outside of the function.
