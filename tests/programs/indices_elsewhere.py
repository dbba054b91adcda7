"""More lists and arrays of places that change: in objects and dicts, by methods and functions, in loops that end early, in callees."""

from collections import defaultdict

import numpy as np

from tests.programs import Case


class Net:
    def __init__(self, idx, w):
        self.idx = idx
        self.w = w
        self.cfg = {"k": 0}

    def part(self, x):
        return np.dot(x[self.idx], self.w)

    def turn(self):
        self.idx.reverse()
        self.w[0] += 1.0
        self.cfg["k"] += 1


def object_idx_assign(x):
    n = Net([0, 1], np.array([1.0, 2.0]))
    s = np.dot(x[n.idx], n.w)
    n.idx[0] = 2
    s = s * s * np.dot(x[n.idx], n.w)
    n.idx = [1, 1]
    s = s * s * np.dot(x[n.idx], n.w)
    n.idx[1] = 0
    return s * np.dot(x[n.idx], n.w)


def dd(x):
    g = defaultdict(list)
    for i in range(3):
        g[i % 2].append(i)
    s = 1.0
    for k in (0, 1):
        s = s * np.sum(x[g[k]] ** 2)
        g[k].append(0)
        s = s * np.sum(x[g[k]] ** 2)
    return s


def matrix_rows(A):
    rows = [2, 0]
    y = A[rows] * 2.0
    rows[0] = 1
    z = A[rows, :] ** 2
    rows.append(2)
    w = A[:, rows]
    return np.sum(y * z) * np.sum(w**2)


def matrix_write(A):
    B = A.copy()
    rows = [2, 0]
    B[rows] *= 2.0
    rows[0] = 1
    B[rows, 1] = A[rows, 0] ** 2
    rows.reverse()
    B[:, rows] += A[:, rows] ** 3
    return np.sum(B**2)


def matrix_mask(A):
    B = A.copy()
    m = np.zeros((3, 3), bool)
    for k in range(3):
        m[k, k] = True
        B[m] *= 1.5
        m[k, 0] = True
    return np.sum(B[~m] ** 2) * np.sum(B[m] ** 3)


def mask_out(x):
    m = x > 0.5
    y = np.sum(x[m] ** 2)
    np.logical_not(m, out=m)
    return y * np.sum(x[m] ** 3)


def idx_out(x):
    i = np.array([0, 1])
    y = np.sum(x[i] ** 2)
    np.add(i, 1, out=i)
    return y * y * np.sum(x[i] ** 3)


def idx_copyto(x):
    i = np.array([0, 1])
    y = np.sum(x[i] ** 2)
    np.copyto(i, [2, 2])
    return y * y * np.sum(x[i] ** 3)


def idx_put(x):
    i = np.array([0, 1])
    y = np.sum(x[i] ** 2)
    np.put(i, [0], [2])
    return y * y * np.sum(x[i] ** 3)


def swap_np(x):
    i = np.arange(3)
    s = 1.0
    for k in range(2):
        i[[k, k + 1]] = i[[k + 1, k]]
        s = s * np.dot(x[i], [1.0, 2.0, 3.0])
    return s


def helper_returns_idx(x):
    idx = [0, 1]
    j = _same(idx)
    s = np.sum(x[j] ** 2)
    idx[0] = 2
    return s * s * np.sum(x[j] ** 3)


def _same(v):
    return v


def helper_pops(x):
    idx = [0, 1, 2]
    s = 1.0
    while idx:
        i = _next(idx)
        s = s * x[i] + np.sum(x[idx] ** 2)
    return s


def _next(idx):
    return idx.pop(0)


def gen_idx(x):
    perm = [0, 1, 2]

    def swap(i, j):
        perm[i], perm[j] = perm[j], perm[i]

    s = np.dot(x[perm], [1.0, 2.0, 3.0])
    swap(0, 2)
    s = s * np.dot(x[perm], [1.0, 2.0, 3.0])
    swap(0, 1)
    return s * np.dot(x[perm], [1.0, 2.0, 3.0])


def default_arg(x, idx=None):
    idx = [0, 1] if idx is None else idx
    s = np.sum(x[idx] ** 2)
    idx[0] = 2
    return s * s * np.sum(x[idx] ** 3)


def while_cond(x):
    idx = [0]
    s = 1.0
    while np.sum(x[idx]) < 2.0:
        s = s * np.sum(x[idx] ** 2) + s
        idx.append(len(idx) % 3)
    return s * np.sum(x[idx])


def try_idx(x):
    idx = [0, 1]
    s = 1.0
    for k in range(3):
        try:
            s = s * x[idx[k]]
        except IndexError:
            s = s * np.sum(x[idx] ** 2)
        idx[0] = 2
    return s


def break_idx(x):
    idx = [0, 1]
    s = 1.0
    for k in range(5):
        s = s * np.sum(x[idx] ** 2)
        if len(idx) > 3:
            break
        idx.append(k % 3)
        if k == 1:
            idx[0] = 2
            continue
        s = s + x[idx[-1]]
    return s


def inner_loops(x):
    idx = [0, 1]
    s = 1.0
    for i in range(2):
        for j in range(2):
            s = s * np.sum(x[idx] ** 2)
            idx[j] = (idx[j] + 1) % 3
            if i == j:
                idx.append(0)
        idx.reverse()
        s = s + np.sum(x[idx] ** 3)
    return s


def global_step(x):
    st = {"t": 0, "hist": []}
    s = 1.0
    for k in range(4):
        st["hist"].append(k % 3)
        s = s * np.sum(x[st["hist"]])
        st["t"] += 1
        if st["t"] > 2:
            st["hist"].pop(0)
    return s


def idx_extend_self(x):
    idx = [0]
    s = 1.0
    for k in range(2):
        idx += [i + 1 for i in idx]
        s = s * np.sum(x[idx] ** 2)
    return s


def del_item(x):
    idx = [0, 1, 2]
    s = np.sum(x[idx] ** 2)
    del idx[0]
    s = s * np.sum(x[idx] ** 3)
    del idx[:1]
    return s * np.sum(x[idx])


def slice_assign(x):
    idx = [0, 1, 2]
    s = np.sum(x[idx] ** 2)
    idx[1:] = [0]
    s = s * np.sum(x[idx] ** 3)
    idx[:0] = [2, 2]
    return s * np.sum(x[idx])


def cleared(x):
    idx = [0, 1]
    s = np.sum(x[idx] ** 2)
    idx.clear()
    idx.append(2)
    return s * np.sum(x[idx] ** 3)


def put_along(A):
    B = A * 1.0
    i = np.array([[0], [1], [2]])
    np.put_along_axis(B, i, A[:, :1] ** 2, axis=1)
    i[0] = 2
    np.put_along_axis(B, i, A[:, 1:2] ** 3, axis=1)
    return np.sum(B**2)


def sel(x, k):
    idx = [0, k]
    y = x[idx]
    return y, idx


def returned_idx(x):
    y, idx = sel(x, 1)
    s = np.dot(y, [1.0, 2.0])
    idx[0] = 2
    return s * s * np.dot(x[idx], [3.0, 4.0])


class S:
    def __init__(self, x):
        self.idx = [0, 1]
        self.y = np.sum(x[self.idx] ** 2)

    def more(self, x):
        self.y = self.y * np.sum(x[self.idx] ** 2)
        self.idx.append(2)


def obj_made(x):
    s = S(x)
    s.idx[0] = 2
    return s.y * np.sum(x[s.idx] ** 3)


def obj_more(x):
    s = S(x)
    s.idx = [1]
    s.more(x)
    s.idx[0] = 0
    return s.y * np.sum(x[s.idx] ** 3)


def fill(x, idx):
    for k in range(3):
        idx.append((k * 2) % 3)
    return np.sum(x[idx] ** 2)


def callee_fills(x):
    idx = [1]
    s = fill(x, idx)
    s = s * fill(x, idx)
    return s * len(idx) * x[idx[-1]]


def idx_by_argsort_arg(x, idx):
    y = x[idx]
    for k in range(2):
        idx[k], idx[k + 1] = idx[k + 1], idx[k]
        y = y * x[idx]
    return np.dot(y, [1.0, 2.0, 3.0])


def bubble(x):
    p = list(range(3))
    s = 0.0
    for i in range(3):
        for j in range(2):
            if x[p[j]] < x[p[j + 1]]:
                p[j], p[j + 1] = p[j + 1], p[j]
            s = s + x[p[j]] * x[p[2]] * (i + 1)
    return s * np.dot(x[p], [1.0, 2.0, 3.0])


def bfs(x):
    adj = {0: [1, 2], 1: [2], 2: []}
    dist = {0: x[0]}
    queue = [0]
    while queue:
        u = queue.pop(0)
        for v in adj[u]:
            if v not in dist:
                dist[v] = dist[u] * x[v]
                queue.append(v)
        if queue:
            dist[u] = dist[u] * 2.0
    return dist[0] * dist[1] * dist[2]


def active_set(x):
    free = np.ones(3, dtype=bool)
    y = x.copy()
    for k in range(3):
        y[free] = y[free] * 1.5 - 0.1
        free[np.argmax(y * free)] = False
        y[~free] = y[~free] ** 2
    return np.sum(y**2)


X = np.array([0.4, 0.7, 1.2])
A = np.outer(X, X + 1) + np.eye(3)

ALONE = (
    object_idx_assign, dd, mask_out, idx_out, idx_copyto, idx_put, swap_np, helper_returns_idx, helper_pops, gen_idx, default_arg, while_cond,
    try_idx, break_idx, inner_loops, global_step, idx_extend_self, del_item, slice_assign, cleared, returned_idx, obj_made, obj_more, callee_fills,
    active_set, bubble, bfs,
)  # fmt: skip
CASES = [
    *(Case(f, (X,)) for f in ALONE),
    *(Case(f, (A,)) for f in (matrix_rows, matrix_write, matrix_mask, put_along)),
    Case(idx_by_argsort_arg, (X, [0, 1, 2])),
    Case(idx_by_argsort_arg, (X, np.array([0, 1, 2]))),
]
