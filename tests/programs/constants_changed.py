"""Constants that are changed in place after they were used: weights, masks, counters, lists in lists."""

import numpy as np

from tests.programs import Case


class P:
    def __init__(self, w):
        self.w = w
        self.i = 0
        self.log = []

    def step(self):
        self.i += 1
        self.w[0] = self.w[0] * 2


def mul_const(x, w):
    s = np.sum(x * w)
    w[0] = 5.0
    return s * s * np.sum(x * w * x)


def in_list_replaced(x, ws):
    s = np.sum(x * x * ws[0])
    ws[0] = ws[1] * 2
    return s * s * np.sum(x * x * ws[0])


def in_field_loop(x):
    p = P(np.array([1.0, 2.0, 3.0]))
    s = 1.0
    for _ in range(2):
        s = s * np.sum(x * x * p.w) * x[p.i]
        p.step()
    return s * s


def loop_weights(x, w):
    s = 1.0
    for k in range(3):
        s = s * np.sum(x * x * w)
        w[k] = w[k] + k
    return s


def where_sqrt(x, m):
    m[0] = True
    r = np.sqrt(x)
    m[1] = True
    y = np.where(m, r * 2.0, 0.0)
    m[2] = True
    m[0] = False
    return np.sum(y * y) * np.sum(np.where(m, r, 1.0))


def select(x):
    a = np.array([True, False, False])
    b = np.array([False, True, False])
    y = np.select([a, b], [x * x, x * x * x], x)
    a[0] = False
    b[0] = True
    return np.sum(y * y) * np.sum(np.select([a, b], [x * x, x * x * x], x))


def polyval_list(x):
    c = [1.0, 2.0, 3.0]
    y = np.polyval(c, x)
    c[0] = 5.0
    c.append(1.0)
    return np.sum(y * y) * np.sum(np.polyval(c, x))


def counter_array(x):
    n = np.zeros(2, int)
    s = x[0]
    for _ in range(3):
        s = s * x[n[1]] + x[n[0]]
        n[1] = n[1] + 1
        n[0] = 2 - n[1] if n[1] < 3 else 0
    return s


def counter_dict(x):
    c = {"i": 0, "name": "a"}
    s = x[0]
    for _ in range(3):
        s = s * x[c["i"]]
        if c["name"] == "a":
            s = s * 2.0 * x[1]
            c["name"] = "b"
        c["i"] += 1
    return s


def visited(A):
    seen = np.zeros(3, dtype=bool)
    s = 1.0
    i = 0
    while not seen[i]:
        seen[i] = True
        j = int(np.argmin(A[i] + 10.0 * seen))
        s = s * A[i, j] + np.sum(A[i][~seen])
        i = j
    return s


def argsort_inplace(x):
    order = np.argsort(x)
    y = x[order]
    order[:] = order[::-1]
    z = x[order]
    order += 0
    return np.dot(y * z, [1.0, 2.0, 3.0]) * y[0]


def add_at_idx(x, idx):
    y = np.zeros(3)
    for k in range(3):
        np.add.at(y, idx, x * (k + 1.0))
        idx[k] = (idx[k] + 1) % 3
    return np.sum(y**3)


def slice_write(x, bounds):
    y = x * x
    for k in range(2):
        y[bounds[0] : bounds[1]] *= x[k]
        bounds[0] += 1
        bounds[1] += 1
    return np.sum(y**2)


def nested_key(x):
    d = {(0, 1): 2, (1, 2): 0}
    s = 1.0
    for k in list(d):
        s = s * x[d[k]] + x[k[0]]
        d[k] = 1
        s = s * x[d[k]]
    return s


def obj_list_log(x):
    p = P([0])
    s = 1.0
    for k in range(3):
        p.log.append(k)
        s = s * np.sum(x[p.log] ** 2)
    return s


def obj_index(x):
    p = P([0, 1])
    s = 1.0
    for k in range(3):
        s = s * np.sum(x[p.w] ** 2) + x[k]
        p.w[1] = k
    return s


def closure_const(x):
    w = np.array([1.0, 2.0, 3.0])
    f = lambda u: np.sum(u * u * w)
    s = f(x)
    w[0] = 5.0
    return s * s * f(x)


def callee_cfg(x, cfg):
    s = _by_cfg(x, cfg)
    cfg["idx"][0] = 2
    cfg["p"] = 3
    return s * s * _by_cfg(x, cfg)


def _by_cfg(x, cfg):
    s = 0.0
    for i in cfg["idx"]:
        s = s + x[i] ** cfg["p"]
    if s > 50:
        return s
    return s * np.sum(x[cfg["idx"]])


def callee_obj(x):
    p = P(np.array([1.0, 2.0, 3.0]))
    s = _by_obj(x, p)
    p.w[1] = 9.0
    p.i = 2
    return s * s * _by_obj(x, p)


def _by_obj(x, p):
    s = 0.0
    for k in range(3):
        s = s + x[k] ** 2 * p.w[k]
    if s > 500:
        return s
    return s * x[p.i]


def for_over(x):
    idx = [0, 1, 2]
    s = 1.0
    for i in idx:
        s = s * x[i]
        idx[0] = 2
    for i in idx:
        s = s + x[i] ** 2
    return s


def zipped(x):
    a, b = [0, 1], [1, 2]
    s = 1.0
    for i, j in zip(a, b):
        s = s * x[i] + x[j]
        b[1] = 0
    return s * s


def dict_loop(x):
    nb = {0: [1, 2], 1: [0], 2: [0, 1]}
    s = 0.0
    for i, js in nb.items():
        s = s + x[i] * np.sum(x[js] ** 2)
        js[0] = i
        s = s * np.sum(x[js] ** 2)
    return s


def dict_swap(x):
    nb = {"a": [1, 2], "b": [0, 1]}
    s = np.sum(x[nb["a"]] ** 2)
    nb["a"], nb["b"] = nb["b"], nb["a"]
    return s * np.sum(x[nb["a"]] ** 2) * np.sum(x[nb["b"]] ** 3)


def list_swap(x):
    nb = [[1, 2], [0, 1]]
    s = 1.0
    for k in range(3):
        s = s * np.sum(x[nb[0]] ** 2)
        nb[0], nb[1] = nb[1], nb[0]
        nb[0][0] = k
    return s


def arr_rows(x):
    nb = np.array([[1, 2], [0, 1]])
    s = 1.0
    for k in range(3):
        s = s * np.sum(x[nb[k % 2]] ** 2)
        nb[k % 2, 0] = k
        s = s + np.sum(x[nb[0]] ** 3)
    return s


def string_state(x):
    mode = ["a"]
    s = x[0]
    for k in range(3):
        if mode[0] == "a":
            s = s * x[k]
            mode[0] = "b"
        else:
            s = s + x[k] ** 2
            mode[0] = "a"
    return s


def none_state(x):
    last = [None]
    s = x[0]
    for k in range(3):
        if last[0] is None:
            s = s * x[k]
        else:
            s = s + x[last[0]] ** 2
        last[0] = k
    return s


X = np.array([0.4, 0.7, 1.2])
W = np.array([1.0, 2.0, 3.0])
A = np.outer(X, X + 1) + np.eye(3)

ALONE = (
    in_field_loop, select, counter_array, counter_dict, argsort_inplace, obj_list_log, obj_index, callee_obj, closure_const, for_over, zipped,
    dict_loop, dict_swap, list_swap, arr_rows, string_state, none_state, nested_key, polyval_list,
)  # fmt: skip
CASES = [
    *(Case(f, (X,)) for f in ALONE),
    *(Case(f, (X, W)) for f in (mul_const, loop_weights)),
    Case(in_list_replaced, (X, [W, W * 2])),
    Case(where_sqrt, (X, np.array([True, False, False]))),
    Case(visited, (A,)),
    Case(add_at_idx, (X, np.array([0, 1, 1]))),
    Case(slice_write, (X, [0, 2])),
    Case(slice_write, (X, np.array([0, 2]))),
    Case(callee_cfg, (X, {"idx": [0, 1], "p": 2})),
]
