import numpy as np


class Units(np.ndarray):
    def __radd__(self, other):
        return 3.0 * np.asarray(other)


def f(x, u):
    return np.sum(x * x + u)


def use(tx):
    return tx.grad(f)(np.ones(2), np.ones(2).view(Units))

# error
# NotDifferentiable: the class Units of arrays has its own __radd__, which is not followed
#   Pass np.asarray(a), and call a function for what the class says.
