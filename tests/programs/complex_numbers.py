"""Complex numbers: for a real loss L the gradient of z = x + iy is dL/dx - i dL/dy, as in JAX and autograd; real arguments keep real gradients."""

import math

import numpy as np
from numpy.typing import NDArray

from tests.programs import Case

Z = np.array([0.3 - 1.2j, 1.5 + 0.4j, -0.7 + 0.2j])
X = np.array([0.5, -1.3, 2.0])
M = np.array([[1.0 + 0.5j, 0.2, -0.3j], [0.1j, 2.0, 0.4], [0.3, -0.2 + 0.1j, 1.5]])


def modulus(z):
    return np.sum(np.abs(z) ** 2)


def modulus_annotated(z: NDArray[np.complex128]):
    return np.sum(np.abs(z) ** 3)


def real_and_imaginary(z):
    return np.sum(z.real**2 * z.imag)


def conjugated(z):
    return np.real(np.sum(z * np.conj(z)))


def holomorphic(z):
    return np.sin(z) * np.exp(2j * z)


def of_a_real(x: float):
    w = np.exp(1j * x)
    return abs(w + 0.5) ** 2


def phase(z):
    return np.sum(np.angle(z) * np.abs(z))


def mixed(x, z):
    return np.abs(np.sum(x * z))


def transform(x):
    """A discrete Fourier transform by hand: a real signal, a complex matrix."""
    n = np.arange(3)
    w = np.exp(-2j * np.pi * np.outer(n, n) / 3.0)
    y = w @ x
    return np.sum(np.abs(y[1:]) ** 2)


def loop(z, n):
    w = 0.0
    for _ in range(n):
        w = w * w + z
    return abs(w) ** 2


def branches(z):
    if abs(z) > 1.0:
        w = z * 1j
    else:
        w = 2.0 * z.conjugate()
    return w.real * w.imag


def buffer(x, z):
    y = np.zeros(3, dtype=complex)
    for i in range(3):
        y[i] = x[i] * z[i] ** 2
    return np.sum(np.abs(y))


def of_parts(x, y):
    z = x + 1j * y
    return np.real(z**3)


def system(a, b):
    return np.linalg.solve(a, b)


def loss_of_system(a, b):
    return np.sum(np.abs(np.linalg.solve(a, b)) ** 2)


def rotate(z, t):
    return z * np.exp(1j * t)


def called(z, t):
    return np.abs(rotate(z, t) + 1.0)


def _intensity(x):
    return abs(np.exp(1j * x) + 0.5) ** 2


def _intensities(x):
    total = 0.0
    for k in range(2):
        total = total + _intensity(x + k)
    return total


def complex_in_a_callee_of_a_callee(x: float):
    return _intensities(x) * x


def parameters(p):
    return np.abs(p["gain"] * p["z"] + 1.0)


def constants(x):
    c = np.array([1j, 2.0, 1.0 - 1j])
    return np.sum(np.real(c * x) ** 2)


def real_root(x):
    return np.abs(math.sqrt(x) * 2j + x)


CASES = [
    Case(modulus, (Z,)),
    Case(modulus_annotated, (Z,)),
    Case(real_and_imaginary, (Z,)),
    Case(conjugated, (Z,)),
    Case(holomorphic, (Z,)),
    Case(of_a_real, (0.7,)),
    Case(phase, (Z,)),
    Case(mixed, (X, Z), (0, 1)),
    Case(mixed, (X, X), (0, 1)),
    Case(transform, (X,)),
    Case(loop, (0.3 - 0.2j, 4)),
    Case(branches, (0.3 - 1.2j,)),
    Case(branches, (0.3 - 0.2j,)),
    Case(buffer, (X, Z), (0, 1)),
    Case(of_parts, (0.3, -0.4), (0, 1)),
    Case(system, (M, Z), (0, 1)),
    Case(loss_of_system, (M, Z), (0, 1)),
    Case(called, (0.4 - 0.3j, 0.8), (0, 1)),
    Case(complex_in_a_callee_of_a_callee, (0.7,)),
    Case(parameters, ({"gain": 0.5, "z": 1.0 - 2.0j},)),
    Case(constants, (X,)),
    Case(real_root, (1.7,)),
]
