import numpy as np


def f(x):
    return np.nan_to_num(x)


def use(tx):
    tx.vjp(f)(np.array([1.0 + 1.0j, complex(np.nan, 1.0)]), init_grad=np.ones(2))

# error
# NotDifferentiable: np.nan_to_num of a complex number that is finite in one part only has no derivative here
#   Write np.nan_to_num(z.real) + 1j * np.nan_to_num(z.imag).
