"""Arrays of shape (): written, changed in place, masked; what arithmetic makes of them is a number, which cannot be written."""

import numpy as np

from tests.programs import Case


def by_an_empty_index(x):
    s = np.zeros(())
    s[()] = x[0] * x[1]
    s[()] += x[2]
    return s * s * x[2]


def out_of_functions(x):
    s = np.zeros(())
    np.add(s, x[0] * x[1], out=s)
    np.multiply(s, x[2], out=s)
    return s * s


def written_in_a_loop(x):
    s = np.array(0.0)
    for i in range(3):
        s[...] = s * x[i] + x[i]
    return float(s)


def two_names(x):
    s = np.array(0.0)
    s += x[0]
    t = s
    t *= x[1]
    return s * t


def written_in_both_arms(x):
    s = np.array(x[0])
    if x[1] > 0:
        s[()] = x[1] * 2
    else:
        s[...] = 3.0
    return s * x[0]


def with_a_new_axis(x):
    s = np.zeros(())
    s[None] = x[0] * x[1]
    s[np.newaxis] += x[2]
    return s * s


def changed_and_then_written(x):
    s = np.zeros(())
    s += x[0] * x[1]
    t = s * 2
    s[...] = s * x[2]
    return s * t


def changed_and_written_in_a_loop(x):
    s = np.zeros(())
    for i in range(3):
        s *= x[i]
        s += x[i]
        s[...] = s * s
    return s


def changed_in_an_arm(x):
    s = np.array(1.0)
    if x[0] > 0:
        s *= x[0]
    s[...] = s * x[1]
    return s[()]


def scale_it(s, v):
    s[...] = v * s


def written_by_a_helper(x):
    s = np.array(2.0)
    s += x[0]
    scale_it(s, x[1])
    return s * x[0]


def with_masks(x):
    s = np.array(x[0])
    s += x[1]
    s[s > 100] = 0.0
    s[s > 0] *= x[2]
    return s * x[0]


def elements_as_views(x):
    a = np.zeros((2, 2))
    for i in range(2):
        for j in range(2):
            v = a[i, j, ...]
            v += x[i] * x[j]
            v[...] = v * v
    return np.sum(a)


def filled(x):
    s = np.zeros(())
    s.fill(x[0])
    s += x[1]
    s.fill(1.0)
    s *= x[0]
    return s * 2


def result_of_out(x):
    s = np.zeros(())
    r = np.add(s, x[0], out=s)
    r = np.multiply(r, x[1], out=s)
    return s * r


def read_before_it_is_written(x):
    s = np.zeros(())
    s[...] = x[0]
    t = s * 1.0
    s[...] = s * x[1]
    return s * t


def shifted_before_it_is_written(x):
    s = np.array(x[0])
    t = s + 1.0
    s[...] = s * x[1]
    return s * t


def handed_on_before_it_is_written(x):
    s = np.array(x[0])
    t = s + 1.0
    u = np.abs(t)
    v = -s
    v = -v
    z = np.maximum(s, 0.0)
    w = [s + 0.0, +s]
    s[()] *= x[1]
    return s * t * u * v * w[0] * w[1] * z


def number_of_it_before_it_is_written(x):
    s = np.array(x[0])
    t = float(s)
    u = s[()]
    v = s.item()
    s[()] *= x[1]
    return s * t * u * v


def element_before_it_is_written(x):
    a = x * 1.0
    v = a[0, ...]
    t = v * 1.0
    w = v + 2.0
    v *= x[1]
    return v * t * w


def masked(x):
    y = np.array(x, dtype=float)
    y[y > 1] = 1.0 * y[y > 1] ** 2
    return y * y


def masked_by_itself(x):
    y = np.array(np.sin(x))
    m = y > 0
    y[m] = y[m] * x
    return y * x


def halves(x):
    x = np.asarray(x)
    out = np.empty_like(x)
    pos = x > 0
    out[pos] = np.exp(-x[pos])
    out[~pos] = np.exp(x[~pos])
    return out


def halves_of_zeros(x):
    x = np.asarray(x, dtype=float)
    out = np.zeros(x.shape)
    pos = x > 0
    out[pos] = np.exp(-x[pos])
    out[~pos] = np.exp(x[~pos])
    return out


def made_one_dimensional(x):
    scalar = np.ndim(x) == 0
    x = np.atleast_1d(np.asarray(x))
    y = x**2
    y[y > 4] = 4 * np.sqrt(y[y > 4])
    return y[0] if scalar else y


def chosen(x):
    y = np.where(x > 0, x, 0.0)
    y[x > 1] = 1.0
    return y * x


X = np.array([1.3, 0.7, 2.1])
POINT = np.array(1.3)

ALL = (
    by_an_empty_index,
    out_of_functions,
    written_in_a_loop,
    two_names,
    written_in_both_arms,
    with_a_new_axis,
    changed_and_then_written,
    changed_and_written_in_a_loop,
    changed_in_an_arm,
    written_by_a_helper,
    with_masks,
    elements_as_views,
    filled,
    result_of_out,
    read_before_it_is_written,
    shifted_before_it_is_written,
    handed_on_before_it_is_written,
    number_of_it_before_it_is_written,
    element_before_it_is_written,
)
MASKED = (masked, masked_by_itself, halves, halves_of_zeros, made_one_dimensional, chosen)

CASES = [Case(f, (X,)) for f in ALL]
CASES += [Case(f, (POINT,)) for f in MASKED]
CASES += [Case(f, (1.3,)) for f in MASKED if f is not chosen]
