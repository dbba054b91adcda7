import numpy as np


class Mask:
    def __init__(self, u):
        self.u = u

    def __call__(self, value):
        self.u[1] = value


def f(x):
    masks = {"inner": Mask(x * x)}
    mask = masks["inner"]
    mask(0.0)
    return np.sum(mask.u)


def use(tx):
    return tx.grad(f)(np.arange(3.0))

# error
# UnsupportedSyntax: __call__ writes into its argument 'self', and where it is called it is only known while running
#   File "model.py", line 8, in __call__
#     8 |     def __call__(self, value):
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Let it return the new value.
