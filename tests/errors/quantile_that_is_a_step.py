import numpy as np


def f(x, q):
    return np.quantile(x, q, method="lower")


def use(tx):
    tx.grad(f, wrt=("x", "q"))(np.array([1.0, 3.0, 2.0]), 0.4)

# error
# NotDifferentiable: no derivative is known for np.quantile: what ** stands for is not known while transforming (_function_base_impl.py, line 3880)
#   File "model.py", line 5, in f
#     5 |     return np.quantile(x, q, method="lower")
#       |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Declare its derivative (from tangentx import d):
#       @tx.adjoint(np.quantile)
#       def quantile_rule(y, a, q, axis=None, out=None):
#           d[a] = ...  # from d[y]
#   or wrap the value in tx.stop_gradient.
