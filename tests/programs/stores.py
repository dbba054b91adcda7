"""Writes into arrays that the function has made or copied itself."""

import numpy as np

from tests.programs import Case


def overwritten_after_use(x):
    b = x.copy()
    s = np.sum(b * x * x)
    b[:] = 0
    return s


def branches_of_writes(x):
    u = x.copy()
    for t in range(3):
        if t % 2 == 0:
            u[1:] = u[:-1] * u[1:]
        else:
            u[0] *= 2.0
    return np.sum(u**3)


def fresh_in_each_iteration(x):
    s = 0.0
    for i in range(3):
        w = np.ones(3) * x
        w[i] = 0.0
        s += np.sum(w * w)
    return s


def triangular_fill(x):
    A = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            if i <= j:
                A[i, j] = x[i] * x[j] + i
    return np.sum(A @ A.T)


def masks_and_lists(x):
    mask = x > 1
    y = x.copy()
    y[mask] = y[mask] ** 2
    y[[0, 1]] += x[0]
    return y.sum()


def heat(u, c, n):
    u = u.copy()
    for _ in range(n):
        u[1:-1] = u[1:-1] + c * (u[2:] - 2 * u[1:-1] + u[:-2])
    return np.sum(u**2)


def forward_substitution(L, b):
    n = len(b)
    x = np.zeros(n)
    for i in range(n):
        s = b[i]
        for j in range(i):
            s = s - L[i, j] * x[j]
        x[i] = s / L[i, i]
    return np.sum(x * x)


def scatter_add(x, idx):
    y = np.zeros(4)
    for k in range(len(idx)):
        y[idx[k]] += x[k] * x[k]
    return np.sum(y**2)


def write_then_read(x):
    y = np.zeros(3)
    y[0] = x
    a = y[0] * 2.0
    y[0] = x * x
    return a * y[0]


def rows(x):
    A = np.zeros((2, 3))
    A[0] = x
    A[1, :] = x**2
    A[:, 1] -= 1.0
    return np.sum(A * A * A)


def view_of_an_array_made_by_word(x):
    u = np.zeros(shape=3)
    v = u[1:]
    v[0] = 2 * x[0]
    v[1:] = x[1] * v[0]
    return np.sum(u * u)


v = np.array([0.5, 1.2, 1.7])
CASES = [
    Case(overwritten_after_use, (np.array([1.0, 2.0, 3.0]),)),
    Case(branches_of_writes, (v,)),
    Case(fresh_in_each_iteration, (1.3,)),
    Case(triangular_fill, (v,)),
    Case(masks_and_lists, (v,)),
    Case(heat, (np.sin(np.arange(7.0)), 0.2, 4), (0, 1)),
    Case(forward_substitution, (np.array([[2.0, 0, 0], [0.3, 1.5, 0], [0.4, 0.2, 3.0]]), v), (0, 1)),
    Case(scatter_add, (v, np.array([1, 3, 1]))),
    Case(write_then_read, (1.3,)),
    Case(rows, (v,)),
    Case(view_of_an_array_made_by_word, (v,)),
]
