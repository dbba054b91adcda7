"""Arrays of shape (), numbers that are taken for views, and what hands on an operand: in place, under two names."""

import math

import numpy as np

from tests.programs import Case

X = np.array([0.7, -1.3, 2.1])
POINT = np.array(1.5)


def two_names_of_a_sum(x):
    acc = np.zeros(())
    b = acc
    for e in x:
        acc += e * e
    return float(b) + float(acc)


def part_of_shape_nothing(x):
    s = x[0, ...]
    s *= 2
    return float(s) * float(x[0])


def reshaped_to_a_point(x):
    s = (x * 1.0)[0:1].reshape(())
    t = s
    s += x[1]
    return s * t


def array_of_a_sum(x):
    t = np.asarray(np.sum(x))
    u = t
    t += x[1]
    return t * u


def point_in_an_object(x):
    y = x * 1.0
    z = y
    z += 1
    return y * z * x


def number_written_under_two_names(x):
    x += 1
    y = x
    y *= 2
    return y * x


def annotated_number_with_two_names(a: float):
    s = a
    for k in range(3):
        s *= 1.0 + 0.1 * a * k
    return s * a


def number_known_by_its_use(a):
    s = a
    s *= 2
    return math.exp(-s) * float(a)


def held_before_it_grows(t: float, n):
    times = []
    for _ in range(n):
        times.append(t)
        t += 0.5 * t
    return times[0] * times[-1] + t


def list_flipped_before_a_write(x):
    c = [x[0], x[1], x[2]]
    r = np.flip(c)
    c[0] = 1.0
    return r[2] * 3 + c[0]


def rows_transposed_before_they_grow(x):
    rows = [x * 1.0]
    m = np.transpose(rows)
    rows.append(x * x)
    return m.sum() + len(rows)


def rows_swapped_and_written(x):
    rows = [x * 1.0, x * x]
    b = np.swapaxes(rows, 0, 1)
    b[0, 0] = 5.0
    return (b**2).sum() + rows[0].sum()


def real_part_of_a_number(x):
    a = x[0] * x[1]
    v = np.real(a)
    a += x[2]
    return v * a


def real_of_a_number(x):
    a = x[0] * x[1]
    v = a.real
    a += x[2]
    return v * a


def squeezed_number(x):
    a = x[0] * x[1]
    v = np.squeeze(a)
    a += x[2]
    return v * a


def number_broadcast(x):
    a = x[0] * x[1]
    v = np.broadcast_to(a, (3,))
    a += x[2]
    return v.sum() * a


def flipped_array_is_a_view(x):
    y = x * x
    v = np.flip(y)
    y[0] = x[1]
    return v @ x


def transposed_array_that_is_changed(x):
    a = np.outer(x, x)
    v = np.transpose(a)
    a += x
    return np.sum(v[0] * x)


def largest_of_numbers_beside_a_write(x):
    y = x * 1.0
    m = max(y[0], y[1], 0.1)
    y[0] = m * y[2]
    return y.sum() * m


def sum_that_begins_with_a_number(x):
    y = x * x
    s = sum(y, 1.5)
    y[0] = s
    return y @ x + s


CASES = [
    Case(two_names_of_a_sum, (X,)),
    Case(part_of_shape_nothing, (X,)),
    Case(reshaped_to_a_point, (X,)),
    Case(array_of_a_sum, (X,)),
    Case(point_in_an_object, (POINT,)),
    Case(point_in_an_object, (1.5,)),
    Case(number_written_under_two_names, (1.5,)),
    Case(annotated_number_with_two_names, (1.5,)),
    Case(number_known_by_its_use, (0.7,)),
    Case(held_before_it_grows, (0.7, 3)),
    Case(list_flipped_before_a_write, (X,)),
    Case(rows_transposed_before_they_grow, (X,)),
    Case(rows_swapped_and_written, (X,)),
    Case(real_part_of_a_number, (X,)),
    Case(real_of_a_number, (X,)),
    Case(squeezed_number, (X,)),
    Case(number_broadcast, (X,)),
    Case(flipped_array_is_a_view, (X,)),
    Case(transposed_array_that_is_changed, (X,)),
    Case(largest_of_numbers_beside_a_write, (X,)),
    Case(sum_that_begins_with_a_number, (X,)),
]
