import numpy as np
from sklearn.preprocessing import normalize


def f(x):
    y = np.outer(x, x)
    z, norms = normalize(y, copy=False, return_norm=True)
    return (y**3).sum() + norms.sum()


def use(tx):
    return tx.grad(f)(np.array([0.7, -1.3, 2.1]))

# error
# UnsupportedSyntax: normalize with copy=False writes into its argument, and gives more than that
#   File "model.py", line 7, in f
#     7 |     z, norms = normalize(y, copy=False, return_norm=True)
#       |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Leave copy=False out.
