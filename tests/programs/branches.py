"""Branches: names defined in one arm only, conditions on values, on structure and on other conditions."""

import math

import numpy as np

from tests.programs import Case


def defined_in_both(x):
    if x > 0.3:
        y = x * x
        z = math.sin(y)
    else:
        z = -x
        y = z * 3.0
    return y * z


def overwritten_in_one(x, y):
    z = x * y
    if y > 1.0:
        z = math.exp(z) * y
        x = x * z
    return x * z


def defined_in_one_and_used_there(x):
    y = x
    if x < 2.0:
        t = math.sin(x)
        y = t * t
    if x > 1.0:
        u = math.cos(y)
        y = y * u * x
    return y


def nested(x, y):
    if x > 0:
        if y > 0:
            z = x * y
        elif y > -1:
            z = x / (y - 2.0)
        else:
            return x**3
        z = z * z
    else:
        z = y * y
    return z * x


def early_returns(x):
    if x < 0:
        return -x * x
    y = math.sqrt(x)
    if y > 2:
        return y * x
    y = y + 1
    if y > 2:
        return math.log(y)
    return y**3 * x


def condition_kept(x):
    positive = x > 0.5
    x = x * x
    y = x if positive else -x
    if not positive:
        y = y * 3.0
    return y


def and_or_values(x, y):
    z = x and y
    w = x * y > 1.0 and x or y
    return z * w


def chained_comparison(x):
    if 0 < x <= 1 < 2:
        return x**2
    if not (-1 < x < 0) and x != 5:
        return x**3
    return math.exp(x)


def piecewise_spline(t: float):
    return 0.0 if t < 0 else (t**3 if t < 1 else (2 - t) ** 3 + 3 * t if t < 2 else 8 * t)


def flag_by_string(x, kind):
    if kind == "square":
        return np.sum(x * x)
    elif kind in ("cube", "power"):
        return np.sum(x**3)
    raise ValueError(kind)


def none_default(x, scale=None):
    if scale is None:
        scale = np.max(x)
    return np.sum(x / scale)


def by_shape(x):
    if x.ndim == 2:
        x = x.sum(axis=0)
    if x.shape[0] > 2 and len(x) < 10:
        x = x[:2] * x[-1]
    return np.sum(x * x)


def pass_and_assert(x):
    if x > 100:
        pass
    else:
        assert x < 100, "large"
        x = x * 2
    return x * x


def array_condition(x):
    if np.all(x > 0) and np.any(x > 2):
        return np.sum(np.log(x))
    return np.sum(x**2)


def minimum_of_three(a, b, c):
    m = a
    if b < m:
        m = b
    if c < m:
        m = c
    return m * (a + b + c)


def clipped(x, low, high):
    y = low if x < low else high if x > high else x
    return y * x


v = np.array([0.7, 1.1, 2.9])


def into(data, out=None):
    if out is None:
        return data * 2.0
    else:
        if out is not data:
            out[:] = data
        data = out
    data *= 3.0


def into_either_way(data, out=None):
    if out is None:
        result = data * data
    else:
        if data[0] > 0.0:
            out[:] = data
        else:
            out[0] = data[0] * data[1]
        result = out
    return result


def without_a_buffer(x):
    return into(x)[0] * into_either_way(x)[1]


def with_a_buffer(x):
    buffer, other = np.ones(3), np.ones(3)
    into(x, buffer)
    return (into_either_way(x, other) * buffer).sum()


CASES = [
    *(Case(defined_in_both, (x,)) for x in (0.2, 0.7)),
    *(Case(overwritten_in_one, (0.6, y), (0, 1)) for y in (0.8, 1.3)),
    *(Case(defined_in_one_and_used_there, (x,)) for x in (0.5, 1.5, 2.5)),
    *(Case(nested, args, (0, 1)) for args in ((0.7, 1.2), (0.7, -0.4), (0.7, -1.4), (-0.7, 1.2))),
    *(Case(early_returns, (x,)) for x in (-0.5, 6.0, 2.0, 0.3)),
    *(Case(condition_kept, (x,)) for x in (0.2, 0.9)),
    *(Case(and_or_values, args, (0, 1)) for args in ((0.7, 1.2), (1.7, 1.2))),
    *(Case(chained_comparison, (x,)) for x in (0.4, 1.7, -0.5)),
    *(Case(piecewise_spline, (x,)) for x in (-0.4, 0.4, 1.4, 2.4)),
    Case(flag_by_string, (v, "square")),
    Case(flag_by_string, (v, "power")),
    Case(none_default, (v,)),
    Case(none_default, (v, 2.0)),
    Case(by_shape, (v,)),
    Case(by_shape, (np.arange(6.0).reshape(2, 3) + 1.0,)),
    Case(pass_and_assert, (1.3,)),
    Case(array_condition, (v,)),
    Case(array_condition, (-v,)),
    Case(without_a_buffer, (np.array([0.5, 1.2, 1.7]),)),
    *(Case(with_a_buffer, (x,)) for x in (np.array([0.5, 1.2, 1.7]), np.array([-0.5, 1.2, 1.7]))),
    Case(minimum_of_three, (0.9, 0.4, 0.7), (0, 1, 2)),
    *(Case(clipped, (x, -0.5, 0.8), (0, 1, 2)) for x in (-1.0, 0.1, 1.0)),
]
