"""What a helper returns, and keeps for its reverse, is written by its caller."""

from __future__ import annotations

import numpy as np

from tests.programs import Case


def standardised(x):
    mean = x.mean()
    spread = x.std()
    x = (x - mean) / spread
    return x


def towers(x, n):
    y = np.exp(x)
    for _ in range(n):
        y = np.exp(-y)
    return y


def orthogonal(a):
    q, r = np.linalg.qr(a)
    return q


def both(x):
    y = np.exp(0.3 * x)
    z = np.sin(y)
    return y, z * y


def named(x):
    y = np.exp(0.3 * x)
    z = np.tanh(y * y)
    return {"y": y, "z": z}


def column(x):
    y = np.exp(0.3 * x)
    z = np.sin(y)
    y = y * z
    return y.reshape(-1, 1)


def item_added_to(x):
    z = standardised(x)
    z[0] += z[1]
    return np.sum(z**3)


def masked_leak(x, w):
    z = standardised(x)
    z[z < 0] *= 0.1
    return z @ w


def item_scaled(x):
    z = towers(x, 1)
    z[0] *= 3
    return z.sum()


def row_scaled(a):
    q = orthogonal(a)
    q[0] *= 2
    return np.sum(q * q * q)


def items_of_a_dict(x):
    d = named(x)
    d["y"][0] *= 3
    d["z"][1] += d["y"][0]
    return (d["y"] * d["z"]).sum()


def through_a_view(x):
    c = column(x)
    c[0] *= 3
    v = c[1:]
    v *= c[0]
    return (c.ravel() * x).sum()


def a_view_of_the_result(x):
    z = standardised(np.append(x, 7.0)).reshape(2, 2)
    z[0] += z[1]
    return (z**3).sum()


def again_and_again(x):
    z = 0.1 * x
    for k in range(3):
        z = towers(z, 1)
        z[k] *= z[0]
    return (z * x).sum()


def twice(x):
    a = standardised(x)
    b = standardised(x * x + np.arange(3.0))
    a[0] = b[0]
    b[:] = a * b
    return (b * a * x).sum()


def in_one_arm(x, c):
    z = towers(0.1 * x, 1)
    if c:
        z[0] *= 2
    else:
        z = z * x
    z[1] = z[0]
    return (z * x).sum()


def put_in_a_list(x):
    out = []
    for k in range(3):
        p, q = both(x * k)
        p[k] += q[0]
        out.append(p)
    return (out[0] * out[1] * out[2]).sum()


V = np.array([1.0, 2.5, 3.0])
A = np.array([[1.0, 2.0], [3.0, 5.0], [-1.0, 0.5]])

CASES = [
    Case(item_added_to, (V,)),
    Case(masked_leak, (V, np.array([0.5, 1.0, 1.5])), wrt=(0, 1)),
    Case(item_scaled, (V,)),
    Case(row_scaled, (A,)),
    Case(items_of_a_dict, (V,)),
    Case(through_a_view, (V,)),
    Case(a_view_of_the_result, (V,)),
    Case(again_and_again, (V,)),
    Case(twice, (V,)),
    Case(in_one_arm, (V, True)),
    Case(in_one_arm, (V, False)),
    Case(put_in_a_list, (V,)),
]
