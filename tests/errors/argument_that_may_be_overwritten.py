import numpy as np


def f(x):
    y = x * 1.0
    middle = np.median(y, None, None, True)
    return (y**3 * np.arange(3)).sum() * (middle > 0)


def use(tx):
    return tx.grad(f)(np.array([0.7, -1.3, 2.1]))

# error
# NotDifferentiable: np.median writes into its argument 'overwrite_input', and it is not seen how
#   File "model.py", line 6, in f
#     6 |     middle = np.median(y, None, None, True)
#       |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Use the value that it returns, or give it a copy: tangentx.stop_gradient(x.copy()).
