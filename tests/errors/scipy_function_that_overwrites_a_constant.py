import numpy as np
import scipy.linalg

K = np.array([[4.0, 1.0], [1.0, 3.0]])


def f(x):
    k = np.asfortranarray(K)
    y = x * k
    root = scipy.linalg.cholesky(k, overwrite_a=True)
    return np.sum(y * root)


def use(tx):
    return tx.grad(f)(np.ones((2, 2)))

# error
# NotDifferentiable: scipy.linalg.cholesky writes into its argument 'overwrite_a', and it is not seen how
#   File "model.py", line 10, in f
#     10 |     root = scipy.linalg.cholesky(k, overwrite_a=True)
#        |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Use the value that it returns, or give it a copy: tangentx.stop_gradient(x.copy()).
