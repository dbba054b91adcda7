"""Arrays of complex numbers that are written: their imaginary parts, and those that were made of real numbers."""

from __future__ import annotations

import numpy as np

from tests.programs import Case

W = 1.0 + 2.0j


def imaginary_part(x):
    z = np.zeros(3, complex)
    z.imag[:] = x
    return np.sum(z.imag)


def items_of_both_parts(x):
    z = np.zeros(3, complex)
    z.imag[1] = x[0] * x[1]
    z.real[1] = x[2]
    return np.abs(z[1]) ** 2 * x[0] + (W * z * z).sum().real


def masked_imaginary_part(x):
    z = x * (0.5 + 1j)
    z.imag[x > 2] = x[0] * x[1:]
    return (W * z * z).sum().real


def functions_that_write(x):
    z = x * (0.5 + 1j)
    np.imag(z)[1:] = x[:-1] ** 2
    np.add(x, x * x, out=z.imag)
    np.add.at(z.imag, [0, 0, 1], x)
    return (W * z * z).sum().real


def filled_and_copied(x):
    z = x * (0.5 + 1j)
    u = x * (0.2 + 1j)
    z.imag.fill(x[1])
    np.copyto(u.imag, x * x)
    return (W * z * z * u).sum().real


def both_parts_in_a_loop(x):
    z = x * (0.5 + 1j)
    for part in (z.real, z.imag):
        part[0] = x[1]
    return (W * z * z).sum().real


def scaled(part, v):
    part[0] = v
    part[1] *= v


def by_a_helper(x):
    z = x + 1j
    scaled(z.imag, x[2])
    scaled(z.real, x[2] ** 2)
    return (W * z * z).sum().real


def spectrum(x):
    s = np.fft.fft(x)
    s.imag[1] = x[0] * 3
    s.imag[2] *= x[1]
    return (np.abs(s) ** 3).sum()


def parts_of_an_argument(z):
    r = z.real
    i = z.imag
    i[1:] = r[:-1]
    r[0] = i[2]
    i[0] *= r[1]
    return (np.abs(z) ** 3).sum()


def view_of_the_imaginary_part(x):
    z = x + 1j
    v = z[1:].imag
    v *= x[0]
    v += x[1:]
    v[0] -= x[2] ** 2
    return (W * z * z).sum().real


def with_a_real_adjoint(x):
    z = x * (1 + 0j)
    z.imag[:] = x * x
    z[0] = x[1] * 1j
    z[1] *= 1j * z[0]
    return np.sum(z.real) * x[0]


def real_and_imaginary_items(x):
    z = x + 0j
    z[0] = 1j * x[1]
    z.imag[2] = x[1] ** 2
    return np.abs(z.sum() + 2j)


def chosen(x):
    z = np.where(x > 0, x, 0j)
    z[1] = 1j * x[0]
    return np.abs(z.sum() + 2j)


def turned_step_by_step(x):
    z = x + 0j
    for k in range(1, 3):
        z[k] += 1j * z[k - 1]
    w = z[1:]
    w *= 1j
    return np.abs(z.sum() + 2j)


def filled(x):
    z = np.full(3, x[0] + 0j)
    z[1] = 1j * x[0]
    return np.abs(z.sum() + 2j)


def sum_with_an_argument(z, x):
    b = z + x
    b[0] = b[1] * 1j
    return np.abs(b.sum() + 2j)


X = np.array([1.0, 2.5, 3.0])
Z = np.array([1.0 + 2j, 0.5 - 1j, 2 + 0.3j])

CASES = [
    Case(imaginary_part, (X,)),
    Case(items_of_both_parts, (X,)),
    Case(masked_imaginary_part, (X,)),
    Case(functions_that_write, (X,)),
    Case(filled_and_copied, (X,)),
    Case(both_parts_in_a_loop, (X,)),
    Case(by_a_helper, (X,)),
    Case(spectrum, (X,)),
    Case(parts_of_an_argument, (Z,)),
    Case(view_of_the_imaginary_part, (X,)),
    Case(with_a_real_adjoint, (X,)),
    Case(real_and_imaginary_items, (X,)),
    Case(chosen, (X,)),
    Case(turned_step_by_step, (X,)),
    Case(filled, (X,)),
    Case(sum_with_an_argument, (Z, X)),
    Case(sum_with_an_argument, (Z, X), wrt=(1,)),
]
