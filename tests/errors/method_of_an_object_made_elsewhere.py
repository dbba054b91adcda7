import numpy as np

generator = np.random.default_rng(0)


def f(x):
    y = x * x
    generator.shuffle(y)
    return y[0]

# error
# NotDifferentiable: the method generator.shuffle has no Python source, and what it writes into is not known
#   File "model.py", line 8, in f
#     8 |     generator.shuffle(y)
#       |     ^^^^^^^^^^^^^^^^^^^^
#   Use the value that it returns, or give it a copy: tangentx.stop_gradient(x.copy()).
