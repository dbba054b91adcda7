import numpy as np


def f(x):
    a, b = np.meshgrid(*x)
    return np.sum(a * b)

# error
# UnsupportedSyntax: how many arguments the star stands for is not known while transforming
#   File "model.py", line 5, in f
#     5 |     a, b = np.meshgrid(*x)
#       |                        ^^
#   Write the arguments out, or pass the tuple itself.
