"""Aliases, views and parameters that are written to."""

import math

import numpy as np

from tests.programs import Case


def write_through_an_alias(x):
    y = x * 2.0
    z = y
    z[0] = x[1] ** 2
    return np.sum(y * y)


def view_after_a_write_to_its_base(x):
    u = x * 1.0
    v = u[1:]
    u[1] = x[0] * x[2]
    return np.sum(v * v)


def writes_through_views(x):
    u = np.zeros(4)
    v = u[1:]
    v[0] = x[0] * x[1]
    v[1:] = x[1:] ** 2
    return np.sum(u * u * np.arange(4.0))


def written_parameter(x):
    x[0] = x[1] * x[2]
    return np.sum(x * x)


def updated_parameter(x):
    x += 1.0
    x[0] *= x[1]
    return np.sum(x**3)


def transposed_write(x):
    u = np.zeros((3, 3))
    u.T[0] = x
    u[1] += x * x
    return np.sum(u**2 * np.arange(9.0).reshape(3, 3))


def double_buffer(x):
    old = x * 1.0
    new = np.zeros(3)
    for t in range(4):
        new[1:] = old[:-1] * old[1:]
        new[0] = old[2]
        old, new = new, old
    return np.sum(old * np.array([1.0, 2.0, 3.0]))


def rows_in_a_loop(x):
    A = np.zeros((3, 3))
    for i in range(3):
        row = A[i]
        row[i] = x[i] ** 2
        row += x
    return np.sum(A * A)


def neighbours_changed(x):
    """What is changed does not come again."""
    rows, total = [x * 2.0, x * x, x + 1.0], 0.0
    for row, after in zip(rows, rows[1:]):
        row += x
        total += np.sum(row * after)
    return total


def carried_beside_rows(x):
    A = np.zeros((3, 3)) + x
    before, total = A[0].copy(), 0.0
    for row in A[1:]:
        before *= x
        row += before
        total += row @ before
    return total + np.sum(A * A)


def update_of_an_alias(x):
    y = 2.0 * x
    z = y
    z += x
    return np.sum(y * z)


def rows_as_items(x):
    A = np.outer(x, x)
    for row in A:
        row[0] = row[1] * 2
    return np.sum(A**2)


def swap_of_items(x):
    u = x.copy()
    t = u[0]
    u[0] = u[1]
    u[1] = t
    return np.sum(u * np.array([1.0, 2.0, 3.0]) * u)


def swap_of_rows(x):
    A = np.outer(x, x) + np.eye(3)
    t = A[0].copy()
    A[0] = A[1]
    A[1] = t
    return np.sum(A * np.arange(9.0).reshape(3, 3) * A)


def part_of_a_part(x):
    A = np.outer(x, x)
    A[0][1] = x[2] ** 3
    A[1][1:][0] = 5 * x[0]
    return np.sum(A * A)


def one_of_two(x, c=True):
    u = x * x
    v = x * 3
    if c:
        w = u
    else:
        w = v
    w[0] = 7 * x[1]
    return np.sum(w * w)


def reshaped(x):
    u = x * x
    r = u.reshape(3, 1)
    r[1, 0] = x[0]
    return np.sum(u * u * u)


def reversed_view(x):
    u = x * x
    v = u[::-1]
    v[0] = 3 * x[1]
    w = v[1:]
    u[0] = 5 * x[2]
    return np.sum(w * w) + np.sum(u)


def growing_update(x):
    u = np.zeros(3)
    for i in range(3):
        v = u[i:]
        v += x[i] * x[: 3 - i]
    return np.sum(u**2)


def repeated_places(x):
    y = np.zeros(3)
    y[[0, 0, 1]] = x
    return np.sum(y * y)


def repeated_updates(x):
    y = np.zeros(3)
    y[np.array([0, 2, 0])] += x * x
    return np.sum((y + 1) ** 2)


def written_in_a_tuple(x):
    T = (x * 2, x * 3)
    a, b = T
    a[0] = x[1] ** 2
    return np.sum(T[0] * b)


def views_across_iterations(x):
    u = x * 1.0
    inner = u[1:-1]
    for _ in range(3):
        inner *= u[:-2]
        u[0] += inner[0]
    return np.sum(u * u)


def annotated_alias(x: np.ndarray):
    y = 2.0 * x
    z = y
    z *= x
    v = y[1:]
    z -= 1.0
    return np.sum(y * z) + np.sum(v)


def three_buffers(x):
    a, b, c = x * 1.0, x * 2.0, np.zeros(3)
    for t in range(5):
        c[:] = a * b
        c[0] += t
        a, b, c = b, c, a
    return np.sum(a * np.array([1.0, 2.0, 3.0])) + np.sum(b * c)


def history_of_copies(x):
    u = x * 1.0
    rows = np.zeros((4, 3))
    for k in range(4):
        u[1] = u[0] * u[2]
        rows[k] = u
        u[0] += 0.5
    return np.sum(rows[:, 1] ** 2) + u[0]


def written_while_looped_over(x):
    A = np.outer(x, x)
    total = 0.0
    for k, row in enumerate(A):
        if k + 1 < 3:
            A[k + 1] = row * 0.5
        total += np.sum(row * row)
    return total


def sum_before_a_write(x):
    w = x * x
    t = w + 0.5
    w[0] = 2.0
    return np.sum(w) + np.sum(t * np.arange(3.0)) + t[0]


def sum_before_a_write_through_a_view(x):
    w = np.full_like(np.outer(x, x), x[2])
    v = w[1][::1]
    t = w + 0.5
    v.fill(1.0)
    return np.dot(v, x) + np.mean(t)


def sums_in_a_loop(x):
    w = x * 1.0
    last = w - 1.0
    for k in range(3):
        last = w + 0.1 * k
        w[k] = x[0] * last[2]
    return np.sum(last * x) + np.sum(w)


def shifted_by_a_callee(x):
    w = x * 2.0
    t = moved_on(w)
    w[1] = 0.3
    return np.sum(t * t) + np.sum(w)


def moved_on(u):
    for _ in range(1):
        u = u + 1.0
    return u


def items_of_displays(x):
    u = np.outer(x, x)
    v = u[1:]
    p = (u.T, v)
    w = p[0]
    w[2, :] *= x[1]
    both = [v, u]
    both[0][...] *= x[0]
    return np.sum(v * v) + u[0, 2]


def deep_write_in_an_arm(x):
    data = [x * 1.0, x * 2.0]
    if x[0] > 5.0:
        data[0] = x * 3.0
    else:
        data[1][0] = x[1] * x[2]
    return np.sum(data[1] * data[0])


def part_of_what_is_returned(x):
    v = x[:2]
    v[1:] = np.tanh(v[1:])
    return np.sum(x) ** 2 * x[1]


def number_given_to_a_callee(x):
    x.fill(damped(damped(x[0])) + x[1])
    return np.sum(x * np.arange(3.0))


def damped(a):
    if a > 0.5:
        return np.tanh(a) * a
    return a


def read_written_used(x):
    x = x.copy()
    y = 0.0
    for i in range(3):
        v = x[i]
        x[i] = 2.0
        y = y + v * v * x[i]
    return y


def read_written_used_of_a_temporary(x):
    y = 0.0
    for i in range(3):
        w = x * 1.5
        v = w[i]
        w[i] = y
        y = y + v * v * w[i]
    return y


def read_written_used_of_a_list(x):
    y = 0.0
    for i in range(3):
        w = [x[i], x[i] * 2.0]
        v = w[i % 2]
        w[i % 2] = 2.0
        y = y + v * v * w[i % 2] * w[(i + 1) % 2]
    return y


def rotated(x):
    x = x.copy()
    for i in range(4):
        first = x[0]
        x[0] = x[1] * x[2]
        x[1] = x[2]
        x[2] = first * first
    return np.sum(x * np.array([1.0, 2.0, 3.0]))


X = np.array([1.3, 0.7, 2.1])


def read_by_no_one(x):
    """The view is read again in a loop whose value nobody wants: its reverse carries the adjoint of the array, and does nothing."""
    w = np.full((3,), x)
    v = w[:]
    x *= math.cos(x)
    w *= w
    for _ in range(3, 0, 1):
        u = v.view()  # noqa: F841
    z = w.copy().copy()
    return np.sum(z * z)


def rows_of_a_view(y):
    """The loop goes over a view of what it writes, and all of it is written behind the loop."""
    w = np.zeros((3, 3)) + y
    v = w.T
    for row in v:
        row[0] = row[1] * y
    np.negative(v, out=v)
    return np.sum(v * np.arange(9.0).reshape(3, 3))


def copies_of_a_matrix(x):
    """What is flattened, or a part of ``.flat``, is a copy; so is its tangent."""
    rows = np.outer(x, x)
    v, w = rows.flatten(), rows.flat[2:5]
    rows[1] = x * 2.0
    w[0] *= x[0]
    return np.sum(v * v) + np.sum(w * w) + np.sum(rows * rows)


def sorted_by_a_second_name(x):
    w = x * 1.0
    part = w[1:]
    view = part.view()
    same = view
    same.sort()
    return np.sum(w * np.arange(len(x)))


CASES = [
    Case(copies_of_a_matrix, (X.copy(),)),
    Case(rows_of_a_view, (0.7,)),
    Case(read_by_no_one, (0.7,)),
    *(
        Case(f, (X.copy(),))
        for f in (
            write_through_an_alias,
            view_after_a_write_to_its_base,
            writes_through_views,
            written_parameter,
            updated_parameter,
            transposed_write,
            double_buffer,
            rows_in_a_loop,
            neighbours_changed,
            carried_beside_rows,
            update_of_an_alias,
            rows_as_items,
            swap_of_items,
            swap_of_rows,
            part_of_a_part,
            one_of_two,
            reshaped,
            reversed_view,
            growing_update,
            repeated_places,
            repeated_updates,
            written_in_a_tuple,
            sum_before_a_write,
            sum_before_a_write_through_a_view,
            sums_in_a_loop,
            shifted_by_a_callee,
            items_of_displays,
            deep_write_in_an_arm,
            number_given_to_a_callee,
            part_of_what_is_returned,
        )
    ),
    Case(one_of_two, (X.copy(), False)),
    *(Case(f, (X.copy(),)) for f in (views_across_iterations, annotated_alias, three_buffers, history_of_copies, written_while_looped_over)),
    *(Case(f, (np.array([1.3, 0.7, 0.9]),)) for f in (read_written_used, read_written_used_of_a_temporary, read_written_used_of_a_list, rotated)),
    Case(sorted_by_a_second_name, (np.array([0.3, 1.3, 0.7]),)),
]
