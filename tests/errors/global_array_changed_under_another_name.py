import numpy as np

RATES = np.array([1.0, 2.0])


def f(x):
    rates = RATES
    rates += x
    return RATES[0] * x

# error
# AliasError: RATES is a global variable, and += writes into it
#   File "model.py", line 8, in f
#     8 |     rates += x
#       |     ^^^^^^^^^^
#   Copy it first: rates = rates.copy()
