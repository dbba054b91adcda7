import numpy as np


def f(x):
    return np.sum(np.real(np.linalg.eigh(x)[1]) ** 2)


def use(tx):
    tx.vjp(f)(np.array([[2.0, 0.0], [1.0 + 1.0j, 3.0]]), init_grad=1.0)

# error
# NotDifferentiable: what depends on the phase of complex eigenvectors or singular vectors has no derivative: it is one choice of many
#   Use np.abs(v), products such as v * np.conj(v[0]), or v / np.exp(1j * np.angle(v[:1])).
