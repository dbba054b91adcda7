import numpy as np


def f(x):
    values = []
    for i in range(3):
        values.append(x * i)
    return sum(values)

# error
# UnsupportedSyntax: the method 'append' changes its object in place
#   File "model.py", line 7, in f
#     7 |         values.append(x * i)
#       |         ^^^^^^^^^^^^^^^^^^^^
#   Build a new value, or write into an array by index.
