import numpy as np
import scipy.sparse

S = scipy.sparse.csr_matrix(np.eye(2))


def f(x):
    return np.sum(S * x)

# error
# NotDifferentiable: S is a csr_matrix, whose * is a product of matrices
#   File "model.py", line 8, in f
#     8 |     return np.sum(S * x)
#       |                   ^^^^^
#   Write @, or use a sparse array such as csr_array.
