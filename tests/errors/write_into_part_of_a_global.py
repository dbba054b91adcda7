import numpy as np


table = {"a": np.zeros(3)}


def f(x):
    table["a"][0] = x * x
    return table["a"][0]

# error
# AliasError: table["a"][...] = ... writes to a global variable
#   File "model.py", line 8, in f
#     8 |     table["a"][0] = x * x
#       |     ^^^^^^^^^^^^^^^^^^^^^
#   Copy it first: table["a"] = table["a"].copy()
