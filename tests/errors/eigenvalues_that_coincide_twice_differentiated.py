import numpy as np


def f(x):
    return np.sum(np.linalg.eigvalsh(x) ** 2)


def use(tx):
    tx.jvp(tx.grad(f), 0)(np.eye(2), x_dot=np.ones((2, 2)))

# error
# NotDifferentiable: eigenvalues that coincide have no second derivative here, nor have their vectors
#   Say it without them: by np.trace, np.linalg.det or slogdet, solve, scipy.linalg.expm or logm.
