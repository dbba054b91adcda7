"""Lists and arrays of places that are changed in place after something was read or written there: each read keeps the places that it had."""

import numpy as np

from tests.programs import Case


def array_item(x):
    perm = np.arange(3)
    y = x[perm] * np.array([1.0, 2.0, 3.0])
    perm[0] = 2
    return np.sum(y * y * x[perm])


def list_reversed(x, m):
    idx = [0, 1]
    s = 1.0
    for k in range(m):
        s = s * np.dot(x[idx], [1.0, 2.0])
        idx.reverse()
    return s


def list_swapped(x, m):
    idx = [0, 1]
    s = 1.0
    for k in range(m):
        s = s * np.dot(x[idx], [1.0, 2.0])
        idx[0], idx[1] = idx[1], idx[0]
    return s


def list_sorted(x):
    idx = [2, 0, 1]
    s = np.dot(x[idx], [1.0, 2.0, 3.0])
    idx.sort()
    return s * s * np.dot(x[idx], [1.0, 2.0, 4.0])


def rotated(x, m):
    perm = [0, 1, 2]
    s = 1.0
    for _ in range(m):
        s = s * np.dot(x[perm], [1.0, 2.0, 3.0])
        perm.insert(0, perm.pop())
    return s


def other_name(x):
    perm = np.arange(3)
    q = perm
    s = np.dot(x[perm], [1.0, 2.0, 3.0])
    q[0] = 2
    return s * s * np.sum(x[perm])


def argument_list(x, idx):
    s = np.dot(x[idx], [1.0, 2.0])
    idx[0] = 2
    return s * s * np.dot(x[idx], [3.0, 4.0])


def argument_array(x, idx):
    s = np.dot(x[idx], [1.0, 2.0])
    idx[0] = 2
    return s * s * np.dot(x[idx], [3.0, 4.0])


def in_dict(x, cfg):
    s = np.dot(x[cfg["idx"]], [1.0, 2.0])
    cfg["idx"][0] = 2
    return s * s * np.dot(x[cfg["idx"]], [3.0, 4.0])


def _shift(idx):
    for k in range(len(idx)):
        idx[k] = (idx[k] + 1) % 3


def by_helper(x, n):
    idx = [0, 1]
    s = 1.0
    for _ in range(n):
        s = s * np.dot(x[idx], [1.0, 2.0])
        _shift(idx)
    return s


def by_helper_array(x, n):
    idx = np.array([0, 1])
    s = 1.0
    for _ in range(n):
        s = s * np.dot(x[idx], [1.0, 2.0])
        _shift(idx)
    return s


def view_of_index(x):
    perm = np.arange(3)
    head = perm[:2]
    s = np.dot(x[head], [1.0, 2.0])
    perm[:] = perm[::-1]
    return s * s * np.dot(x[head], [3.0, 4.0])


def two_lists(A):
    rows, cols = [0, 1], [1, 2]
    s = np.dot(A[rows, cols], [1.0, 2.0])
    rows[0] = 2
    cols.reverse()
    return s * s * np.dot(A[rows, cols], [3.0, 4.0])


def scatter(x):
    y = np.zeros(3)
    order = np.array([1, 2, 0])
    y[order] = x
    order[0] = 0
    order[1] = 2
    order[2] = 1
    y[order] += x * x
    return np.dot(y, [1.0, 2.0, 3.0])


def scatter_then(x):
    y = np.ones(3)
    order = np.array([1, 2])
    y[order] = x[:2] * y[0]
    z = np.sum(y * y)
    order[0] = 0
    y[order] = x[1:] * y[1]
    return z * np.dot(y, [1.0, 2.0, 3.0])


def in_place_rows(x):
    x = x.copy()
    rows = [0, 2]
    x[rows] *= 2
    rows[0] = 1
    x[rows] = x[rows] ** 2
    return np.dot(x, [1.0, 2.0, 3.0])


def grown(x):
    sel = [0]
    t = 1.0
    for i in range(1, 3):
        t = t * np.sum(x[sel] ** 2) + t
        sel.append(i)
    return t


def removed(x):
    free = [0, 1, 2]
    t = 1.0
    for j in (1, 0):
        t = t * np.sum(x[free] ** 2) + t
        free.remove(j)
    return t * x[free][0]


def extended(x):
    rows = [0]
    t = np.sum(x[rows] ** 2)
    rows += [1]
    t = t * np.sum(x[rows] ** 3)
    rows.extend([2, 0])
    return t * np.sum(x[rows] ** 2)


def popped(x):
    idx = [0, 1, 2]
    t = 1.0
    while len(idx) > 1:
        t = t * np.sum(x[idx] ** 2)
        idx.pop()
    return t


def mask_flipped(x):
    m = x > 0.5
    s = np.sum(x[m] ** 2)
    m[:] = ~m
    return s * s * np.sum(x[m] ** 3)


def mask_loop(x, n):
    m = np.zeros(3, dtype=bool)
    s = 1.0
    for k in range(n):
        m[k] = True
        s = s * np.sum(x[m] ** 2) + s
    return s


def mask_write(x):
    y = x * x
    m = np.array([True, False, True])
    y[m] = x[m] * 3.0
    m[0] = False
    m[1] = True
    y[m] *= x[m]
    return np.dot(y, [1.0, 2.0, 3.0])


def inplace_index(x):
    perm = np.array([2, 0, 1])
    s = np.dot(x[perm], [1.0, 2.0, 3.0])
    perm[perm] = np.arange(3)
    return s * s * np.dot(x[perm], [3.0, 1.0, 2.0])


def by_fill(x):
    perm = np.array([2, 0, 1])
    s = np.dot(x[perm], [1.0, 2.0, 3.0])
    perm.fill(1)
    return s * s * np.dot(x[perm], [3.0, 1.0, 2.0])


def by_sort_array(x):
    perm = np.array([2, 0, 1])
    s = np.dot(x[perm], [1.0, 2.0, 3.0])
    perm.sort()
    return s * s * np.dot(x[perm], [3.0, 1.0, 2.0])


def in_a_branch(x, c):
    idx = [0, 1]
    s = np.dot(x[idx], [1.0, 2.0])
    if c > 0:
        s = s * np.dot(x[idx], [2.0, 5.0])
        idx[0] = 2
        s = s * np.dot(x[idx], [2.0, 5.0])
    else:
        idx.append(1)
    return s * s * np.sum(x[idx] ** 2)


def in_a_tuple(A, n):
    rows = np.array([0, 1])
    s = 1.0
    for k in range(n):
        key = (rows, 1)
        s = s * np.sum(A[key] ** 2)
        rows[0] = (rows[0] + 1) % 3
        rows[1] = k % 3
        s = s + np.sum(A[key[0], 0])
    return s


def ix(A):
    rows = np.array([0, 1])
    cols = np.array([1, 2])
    s = np.sum(A[np.ix_(rows, cols)] ** 2)
    rows[0] = 2
    return s * s * np.sum(A[np.ix_(rows, cols)] ** 3)


def index_of_index(x, idx):
    s = np.dot(x[idx[1:]], [1.0, 2.0])
    idx[1] = 0
    return s * s * np.dot(x[idx[1:]], [3.0, 5.0])


def number_of_index(x, idx):
    s = 1.0
    for k in range(3):
        i = idx[k]
        s = s * x[i] + s
        idx[k] = (i + 1) % 3
    return s * np.dot(x[idx], [1.0, 2.0, 3.0])


def rows_2d(x):
    t = np.array([[0, 1], [1, 2], [2, 0]])
    s = 1.0
    for k in range(3):
        row = t[k]
        s = s * np.dot(x[row], [1.0, 2.0])
        row[0] = 1
        s = s + np.dot(x[t[k]], [3.0, 1.0])
    return s


def rows_list(x):
    t = [[0, 1], [1, 2], [2, 0]]
    s = 1.0
    for row in t:
        s = s * np.dot(x[row], [1.0, 2.0])
        row[0] = 1
        s = s + np.dot(x[row], [3.0, 1.0])
    return s * np.sum(x[t[0]])


def slice_moves(x, w):
    sl = slice(0, 2)
    s = np.sum(x[sl] ** 2)
    w[0] = 1
    sl = slice(w[0], 3)
    s = s * np.sum(x[sl] ** 2)
    w[0] = 2
    return s * s


def put(x):
    y = x * 2
    at = np.array([0, 1])
    np.add.at(y, at, x[at] ** 2)
    at[0] = 2
    np.add.at(y, at, x[at] ** 2)
    return np.dot(y, [1.0, 2.0, 3.0])


def take(x):
    at = np.array([0, 1])
    s = np.sum(np.take(x, at) ** 2)
    at[0] = 2
    return s * s * np.sum(np.take(x, at) ** 3)


def take_method(x):
    at = np.array([0, 1])
    s = np.sum(x.take(at) ** 2)
    at[0] = 2
    return s * s * np.sum(x.take(at) ** 3)


def take_along(A):
    at = np.array([[0, 1], [1, 2], [2, 0]])
    s = np.sum(np.take_along_axis(A, at, axis=1) ** 2)
    at[0] = [2, 2]
    return s * s * np.sum(np.take_along_axis(A, at, axis=1) ** 3)


def comprehension(x):
    idx = [0, 1, 2]
    rows = [x[idx] * k for k in range(2)]
    idx[0] = 1
    return np.sum(rows[1] * x[idx]) * np.sum(rows[1] ** 2)


def in_closure(x):
    idx = [0, 1]

    def part():
        return np.dot(x[idx], [1.0, 2.0])

    s = part()
    idx[0] = 2
    return s * s * part()


def _apply(x, idx):
    return np.dot(x[idx], [1.0, 2.0])


def callee_index(x):
    idx = [0, 1]
    s = _apply(x, idx)
    idx[0] = 2
    return s * s * _apply(x, idx)


def _apply_long(x, idx):
    s = 0.0
    for k in idx:
        s = s + x[k] ** 2
    if s > 100:
        return s
    return s * np.dot(x[idx], [1.0, 2.0])


def callee_index_long(x, n):
    idx = [0, 1]
    s = 1.0
    for k in range(n):
        s = s * _apply_long(x, idx)
        idx[k % 2] = 2
    return s


def masked_number(x):
    total = np.sum(x * x)
    root = np.zeros(total.shape)
    root[total > 0.0] = np.sqrt(total[total > 0.0])
    return root[()] + x[0]


X = np.array([0.4, 0.7, 1.2])
A = np.outer(X, X + 1)
IDX = np.array([0, 1, 2])

ALONE = (
    array_item, list_sorted, other_name, view_of_index, scatter, scatter_then, in_place_rows, grown, removed, extended, popped, mask_flipped,
    mask_write, inplace_index, by_fill, by_sort_array, rows_2d, rows_list, put, take, take_method, comprehension, in_closure, callee_index,
)  # fmt: skip
CASES = [
    *(Case(f, (X,)) for f in ALONE),
    *(Case(f, (X, 3)) for f in (list_reversed, list_swapped, rotated, by_helper, by_helper_array, mask_loop, callee_index_long)),
    *(Case(f, (A,)) for f in (two_lists, ix, take_along)),
    *(Case(f, (X, [0, 1])) for f in (argument_list,)),
    Case(argument_array, (X, IDX[:2])),
    Case(in_dict, (X, {"idx": [0, 1]})),
    Case(in_dict, (X, {"idx": IDX[:2]})),
    Case(in_a_branch, (X, 1)),
    Case(in_a_branch, (X, -1)),
    Case(in_a_tuple, (A, 3)),
    *(Case(f, (X, [0, 1, 2])) for f in (index_of_index, number_of_index)),
    *(Case(f, (X, IDX)) for f in (index_of_index, number_of_index)),
    Case(slice_moves, (X, [0])),
    Case(masked_number, (np.array([3.0, 4.0]),)),
]
