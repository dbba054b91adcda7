import numpy as np

DAY, NIGHT = np.array([1.0, 2.0]), np.array([3.0, 4.0])


def f(x):
    for rates in (DAY, NIGHT):
        rates += x
    return DAY[0] * x

# error
# AliasError: DAY is a global variable, and += writes into it
#   File "model.py", line 8, in f
#     8 |         rates += x
#       |         ^^^^^^^^^^
#   Copy it first: rates = rates.copy()
