"""Arrays: broadcasting in every operator, indices of every kind, reductions, products of every rank."""

import numpy as np

from tests.programs import Case


def broadcast_everywhere(a, b):
    return np.sum((a + b) * (a - b) / (2.0 + b * b) - b / a + a**b)


def scalar_and_matrix(s, m):
    return np.sum(s * m + m / s - s / m + m**s + s**m - (m - s))


def row_and_column(r, c):
    return np.sum(np.sin(r * c) + r / c - c ** (0.3 * r) + np.maximum(r, c) - np.minimum(r, c))


def where_broadcast(m, r, s):
    return np.sum(np.where(m > r, m * s, r) + np.where(r > 0.0, s, m))


def clip_and_sign(m):
    return np.sum(np.clip(m, -0.5, 0.8) * np.sign(m) + np.abs(m))


def maximum_with_constant(m):
    return np.sum(np.maximum(m, 0.0) ** 2 + np.minimum(0.5, m))


def hypot_and_arctan2(a, b):
    return np.sum(np.hypot(a, b) * np.arctan2(a, b) + np.logaddexp(a, b))


def slices(x):
    return np.sum(x[1:] * x[:-1]) + x[::2].sum() * x[-1] + np.sum(x[::-1] * x[None, 0])


def two_axes(m):
    return np.sum(m[0] * m[1, :]) + m[:, 1].sum() * m[-1, -1] + np.sum(m[..., 0] * m[:, ::-1][:, 0])


def integer_arrays(x, i):
    return np.sum(x[i] * x[i] * x[0]) + x[[0, 0, 2]].prod()


def pairs_of_integer_arrays(m):
    return np.sum(m[[0, 1, 1, 0], [2, 0, 0, 2]] ** 2)


def boolean_arrays(m):
    return np.sum(m[m > 0.2] ** 3) + np.sum(m[np.array([True, False])] * m[1])


def newaxis_mixture(x, y):
    return np.sum(x[:, np.newaxis, None] * y[np.newaxis]) - (x[..., None, None] + y).mean(axis=0)[0, 1]


def axes_of_sums(m):
    return np.sum(m.sum(axis=0) * np.sum(m, axis=-2)) + np.sum(np.sum(m, axis=1, keepdims=True) * m)


def means_and_variances(m):
    z = (m - m.mean(axis=0)) / (m.std(axis=0) + 1.0)
    return np.sum(z**2 * np.arange(3.0)) + np.var(m, axis=1).sum()


def extrema(m):
    return np.sum(np.max(m, axis=0) * np.min(m, axis=0)) + m.max() - np.amin(m, axis=1).prod()


def products(m):
    return np.prod(m) + np.sum(np.prod(m, axis=0)) + np.cumsum(m)[3] + np.sum(np.cumprod(m[0]))


def logsumexp_axis(m):
    top = np.max(m, axis=1, keepdims=True)
    return np.sum(np.log(np.sum(np.exp(m - top), axis=1)) + top[:, 0])


def vector_vector(x, y):
    return (x @ y) * np.dot(x, x) + np.inner(x, y) + np.vdot(y, y)


def matrix_vector(A, x):
    return np.sum((A @ x) ** 2) + x @ A.T @ A @ x


def vector_matrix(x, A):
    return np.sum(np.sin(x @ A) + np.dot(x, A))


def matrix_matrix(A, B):
    return np.trace(A @ B) + np.sum(np.dot(A, B) ** 2) + np.sum((A @ B).T @ A)


def stacked_matrices(S, A):
    return np.sum((S @ A) ** 2) + np.sum(np.matmul(A, np.swapaxes(S, -1, -2)))


def stacked_vectors(S, x):
    return np.sum((S @ x) ** 2) + np.sum((x @ S) ** 3)


def einsums(A, B, x):
    return np.einsum("ij,jk,k->", A, B, x[:2]) + np.einsum("ii->i", A @ B)[0] + np.sum(np.einsum("ij,i->j", A, x[:2]) ** 2)


def reshapes(m):
    return np.sum(m.reshape(3, 2)[1] * m.ravel()[2:4]) + np.sum(m.T[0] * m.flatten()[:2]) + np.transpose(m)[2, 1]


def rolled_and_flipped(x):
    return np.sum(np.roll(x, 1) * x + np.flip(x) * x**2) + np.diff(x)[0] * np.repeat(x, 2)[3] + np.sum(np.tile(x, 2) ** 2)


def squeezed_and_expanded(m):
    return np.sum(np.squeeze(m[:1]) * np.expand_dims(m[0], 0)) + np.sum(np.broadcast_to(m[0], (2, 3)) * m)


def joined_and_split(a, b):
    c = np.concatenate([a, b, a * b])
    p, q, r = np.split(c, 3)
    return np.sum(np.stack([p, q]) ** 2) + np.sum(np.hstack([q, r]) * np.concatenate((a, b))) + np.sum(np.vstack([p, r])[1] ** 3)


def diagonals(A):
    return np.sum(np.diag(A) ** 2) + np.sum(np.tril(A) * A) - np.trace(A) + np.sum(np.triu(A, 1) ** 3)


def outer_products(x, y):
    return np.sum(np.outer(x, y) ** 2 * np.outer(y, y))


def made_from_items(x, y):
    m = np.array([[x, y], [x * y, 1.0]])
    return np.linalg.det(m) + np.sum(m @ m)


def rotation(angle, p):
    c, s = np.cos(angle), np.sin(angle)
    R = np.array([[c, -s], [s, c]])
    q = R @ p
    return q[0] ** 2 * q[1]


def distances(p):
    d = p[:, None, :] - p[None, :, :]
    r2 = np.sum(d * d, axis=-1) + 0.1
    return np.sum(1.0 / r2)


def convolution(x, k):
    return np.sum(np.convolve(x, k) ** 2)


def interpolation_by_hand(t, xs, ys):
    i = np.searchsorted(xs, t) - 1
    w = (t - xs[i]) / (xs[i + 1] - xs[i])
    return (1 - w) * ys[i] + w * ys[i + 1] ** 2


def sorted_values(x):
    return np.sum(np.sort(x) * np.arange(len(x))) + x[np.argmax(x)] ** 2 + x[np.argsort(x)][0]


def solved(A, b):
    x = np.linalg.solve(A, b)
    return np.sum(x**2) + np.sum(np.linalg.inv(A)) + np.log(np.linalg.det(A)) + np.linalg.norm(b)


def cholesky_likelihood(A, x):
    L = np.linalg.cholesky(A)
    z = np.linalg.solve(L, x)
    return 0.5 * z @ z + np.sum(np.log(np.diag(L)))


def vector_of_vectors(x, m):
    return m @ x - np.tanh(x[:2]) * np.sum(m)


def float_methods(x, m):
    y = x.copy().astype(float)
    return m.dot(y).sum() * y.min() + m.clip(-0.3, 0.6).mean() + y.cumsum()[1] + m.trace() + m.take(2) + y.take([0, 2]).sum()


def matrix_by_axis_tuple(t):
    return np.sum(t.sum(axis=(0, 2)) ** 2) + np.sum(np.mean(t, axis=(-1, -2)) ** 3) + np.sum(t.max(axis=(1, 2)))


def unpacked(p):
    a, b, c = p
    return (1 - a) ** 2 + 100 * (b - a * a) ** 2


def unpacked_rows(m):
    a, b = np.sin(m)
    return np.sum(a * b * b)


def unpacked_items(points):
    total = 0.0
    for a, b, c in points:
        total += a * b + np.exp(c)
    return total


def summed(x):
    return np.sum(x)


def sum_of_unwrapped(x):
    return np.unwrap(x).sum()


rng = np.random.default_rng(7)
x, y = rng.uniform(0.3, 1.7, 3), rng.uniform(0.3, 1.7, 3)
m = rng.normal(size=(2, 3))
p = rng.uniform(0.3, 1.7, (2, 3))
A, B = rng.uniform(0.2, 1.0, (2, 2)) + np.eye(2), rng.normal(size=(2, 2))
S = rng.normal(size=(2, 3, 3))
K = np.eye(3) + 0.3 * np.ones((3, 3))
CASES = [
    *(Case(broadcast_everywhere, args, (0, 1)) for args in ((p, x), (x, p), (p[:, :1], p[:1]), (0.7, p), (p, 0.7), (0.7, 1.2), (x, p[:, :1]))),
    Case(scalar_and_matrix, (0.7, p), (0, 1)),
    Case(scalar_and_matrix, (np.float64(0.7), x), (0, 1)),
    Case(row_and_column, (p[:1], p[:, 1:2] * 1.1), (0, 1)),
    Case(row_and_column, (x, 0.83), (0, 1)),
    *(Case(where_broadcast, args, (0, 1, 2)) for args in ((m, x, 0.4), (x, m, 0.4), (0.4, m, x))),
    Case(clip_and_sign, (m,)),
    Case(maximum_with_constant, (m,)),
    Case(hypot_and_arctan2, (p, x), (0, 1)),
    Case(slices, (x,)),
    Case(two_axes, (m,)),
    Case(integer_arrays, (x, np.array([2, 0, 2])), (0,)),
    Case(pairs_of_integer_arrays, (m,)),
    Case(boolean_arrays, (m,)),
    Case(newaxis_mixture, (x, m), (0, 1)),
    Case(axes_of_sums, (m,)),
    Case(means_and_variances, (m,)),
    Case(extrema, (m,)),
    Case(products, (p,)),
    Case(logsumexp_axis, (m,)),
    Case(vector_vector, (x, y), (0, 1)),
    Case(matrix_vector, (m, x), (0, 1)),
    Case(vector_matrix, (x[:2], m), (0, 1)),
    Case(matrix_matrix, (A, B), (0, 1)),
    Case(stacked_matrices, (S, K), (0, 1)),
    Case(stacked_vectors, (S, x), (0, 1)),
    Case(einsums, (A, B, x), (0, 1, 2)),
    Case(reshapes, (m,)),
    Case(rolled_and_flipped, (x,)),
    Case(squeezed_and_expanded, (m,)),
    Case(joined_and_split, (x, y), (0, 1)),
    Case(diagonals, (K * 0.7,)),
    Case(outer_products, (x, y), (0, 1)),
    Case(made_from_items, (0.7, 1.3), (0, 1)),
    Case(rotation, (0.4, x[:2]), (0, 1)),
    Case(distances, (m.T,)),
    Case(convolution, (x, y[:2]), (0, 1)),
    Case(interpolation_by_hand, (0.37, np.array([0.0, 0.3, 0.9]), y), (0, 1, 2)),
    Case(sorted_values, (x,)),
    Case(solved, (K, x), (0, 1)),
    Case(cholesky_likelihood, (K, x), (0, 1)),
    Case(vector_of_vectors, (x[:3], m), (0, 1)),
    Case(float_methods, (x, m), (0, 1)),
    Case(matrix_by_axis_tuple, (S,)),
    Case(unpacked, (x,)),
    Case(unpacked, ([0.4, 0.7, 0.1],)),
    Case(unpacked_rows, (m,)),
    Case(unpacked_items, (m,)),
    Case(summed, (m,)),
    Case(sum_of_unwrapped, (x,)),
]
