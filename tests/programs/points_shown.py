"""Arrays of shape () that are written through a view: their adjoints stay arrays, of which a view is one."""

import numpy as np

from tests.programs import Case


def in_a_loop(x):
    b, y = np.array(x * x), 0.0
    w = b[...]
    for _ in range(2):
        y = y + b * x
        w *= x
    return y


def of_a_dict(x):
    o = {"b": np.array(x * x)}
    w = o["b"][...]
    w *= x
    return o["b"] * x


def written_whole(x):
    b = np.array(x * x)
    w = b[...]
    y = b * x
    w[...] = w * x
    return b * y


def fill(w, x):
    w[...] = w * x + x


def by_a_helper(x):
    b = np.array(x)
    fill(b[...], x)
    y = b * x
    fill(b[...], y)
    return b * y


def transposed(x):
    b, y = np.array(x * x), 0.0
    w = b.T
    for _ in range(2):
        y = y + b * x
        w *= x
    return y


def other_views(x):
    b = np.array(x * x)
    v, w = b.view(), b[None]
    y = b * x
    v *= x
    w[0] = w[0] * y
    u = np.expand_dims(b, 0)
    u[0] *= x
    u += b
    return b * y


def of_a_list(x):
    y = 0.0
    for b in [np.array(x), np.array(x * x)]:
        w = b[...]
        np.multiply(w, x, out=w)
        y = y + b * b
    return y


def in_an_arm(x):
    b = np.array(x * x)
    if x > 0:
        w = b[...]
        w *= x
    return b * x * b


CASES = [Case(f, (0.8,)) for f in (in_a_loop, of_a_dict, written_whole, by_a_helper, transposed, other_views, of_a_list, in_an_arm)]
