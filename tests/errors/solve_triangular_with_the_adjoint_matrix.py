import numpy as np
import scipy.linalg


def f(x):
    return np.real(np.sum(scipy.linalg.solve_triangular(x, np.ones(2), trans="C")))


def use(tx):
    tx.grad(f)(np.eye(2) + 0j)


# error
# NotDifferentiable: no derivative is known for scipy.linalg.solve_triangular: how many arguments the star stands for is not known while transforming (_util.py, line 1163)
#   File "model.py", line 6, in f
#     6 |     return np.real(np.sum(scipy.linalg.solve_triangular(x, np.ones(2), trans="C")))
#       |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Declare its derivative (from tangentx import d):
#       @tx.adjoint(scipy.linalg.solve_triangular)
#       def solve_triangular_rule(y, a, b, trans=0, lower=False):
#           d[a] = ...  # from d[y]
#   or wrap the value in tx.stop_gradient.
