"""Tests that ask whether a list, a dict or an array is true, which is another one by the time that the reverse asks again."""

import numpy as np

from tests.programs import Case


def while_list(xs):
    while xs:
        a = xs.pop()
        if xs:
            xs[0] = xs[0] * a
    return a


def while_list_last(xs):
    while xs:
        a = xs.pop()
        if xs:
            xs[-1] *= a
    return a


def made_inside(x):
    todo = [x[0], x[1], x[2]]
    while todo:
        a = todo.pop()
        if todo:
            todo[0] = todo[0] * a
    return a


def dict_truth2(d):
    v = 1.0
    for k in ("a", "b", "c"):
        v = v * d.pop(k)
        if d:
            d["c"] = d["c"] * v
    return v


def dict_has(d):
    s = 1.0
    for k in ("a", "b"):
        if "b" in d:
            d["c"] *= d["b"]
        s = s * d.pop(k)
    if "b" in d:
        d["c"] *= 3.0
    return s * d["c"]


def dict_del(d):
    s = 1.0
    for k in ("a", "b"):
        if "b" in d:
            d["c"] *= d["b"]
        del d[k]
        if "b" in d:
            d["c"] *= d["b"]
    return d["c"] ** 2


def not_list(xs):
    a = 1.0
    while True:
        if not xs:
            break
        a = a * xs.pop()
        if not xs:
            a = a * 3.0
        else:
            xs[0] = xs[0] * a
    return a


def and_list(xs, flag):
    a = 1.0
    while xs:
        a = a * xs.pop()
        if xs and flag:
            xs[0] = xs[0] * a
    return a


def or_list(xs):
    ys = []
    a = 1.0
    while xs or ys:
        if xs:
            b = xs.pop()
            if len(ys) < 2:
                ys.append(b * b)
        else:
            b = ys.pop()
        a = a * b + a
    return a


def ternary(xs):
    a = 1.0
    while xs:
        a = a * xs.pop()
        a = a * xs[0] if xs else a * 2.0
    return a


def outside_loop(xs):
    a = xs[0]
    if xs:
        a = a * xs[0]
    xs.clear()
    if xs:
        a = a * 3.0
    else:
        a = a * a
    return a


def array_truth(x):
    a = np.array([1])
    s = x
    if a[0]:
        s = s * x
    a[0] = 0
    if a[0]:
        s = s * x * x * x
    return np.sum(s * s)


def one_array(x):
    a = np.array([1])
    s = x
    for k in range(3):
        if a:
            s = s * x
        a[0] = k % 2
    return np.sum(s * s)


def flag_mask(x):
    flags = np.array([True, False, True])
    s = np.sum(np.where(flags, x * x, x))
    flags[0] = False
    return s * np.sum(np.where(flags, x * x * x, x))


def flag_mask_other(x):
    flags = np.array([True, False, True])
    mask = flags
    s = np.sum(x[mask] ** 2)
    flags[0] = False
    return s * s * np.sum(x[mask] ** 2)


def all_cond(x, a):
    s = x[0]
    if np.all(a > 0):
        s = s * x[1]
    a[0] = -1
    if np.all(a > 0):
        s = s * x[2] * x[2]
    return s * s


def obj_flag_list(x):
    todo = [1, 2, 3]
    s = x
    while todo:
        k = todo.pop()
        if todo:
            s = s * x[k - 1]
    return np.sum(s)


def tuple_of_lists(x):
    state = ([1, 2], [3])
    s = x[0]
    while state[0]:
        state[0].pop()
        if state[0]:
            s = s * x[1]
        else:
            s = s + x[2]
    return s * s


class Box:
    def __init__(self):
        self.items = [1, 2]
        self.n = 0


def obj_list(x):
    b = Box()
    s = x[0]
    while b.items:
        b.items.pop()
        if b.items:
            s = s * x[1]
        else:
            s = s + x[2]
    return s * s


def obj_count(x):
    b = Box()
    s = x[0]
    for _ in range(3):
        s = s * x[b.n]
        b.n += 1
        if b.n == 2:
            s = s * x[0]
    return s


def has_item(x):
    seen = set()
    s = x[0]
    for k in (0, 1, 0, 2):
        if k in seen:
            s = s * x[k]
        else:
            s = s + x[k] ** 2
        seen.add(k)
        if seen:
            s = s * x[1]
    return s


def queue(x):
    q = [0]
    s = 1.0
    n = 0
    while q:
        k = q.pop(0)
        s = s * x[k] + s
        n += 1
        if n < 3:
            q.append(n)
        if not q:
            s = s * s
    return s


def walrus(xs):
    a = 1.0
    while rest := xs:
        a = a * rest.pop()
        if rest:
            rest[0] = rest[0] * a
    return a


def bool_call(xs):
    a = 1.0
    while len(xs) > 0:
        a = a * xs.pop()
        more = bool(xs)
        if more:
            xs[0] = xs[0] * a
    return a


def other(xs):
    a = 1.0
    while len(xs) > 0:
        a = a * xs.pop()
        more = xs
        if more:
            xs[0] = xs[0] * a
    return a


def helper_truth(xs):
    a = 1.0
    while xs:
        a = a * xs.pop()
        _more(xs, a)
    return a


def _more(xs, a):
    if xs:
        xs[0] = xs[0] * a


NUMBERS = [0.4, 1.3, 0.7]
X = np.array(NUMBERS)
KNOWN = {"a": 0.4, "b": 1.3, "c": 0.7}

OF_LISTS = (while_list_last, not_list, or_list, ternary, outside_loop, walrus, bool_call, other, helper_truth)
OF_ARRAYS = (
    made_inside, array_truth, one_array, flag_mask, flag_mask_other, obj_flag_list, tuple_of_lists, obj_list, obj_count, has_item, queue,
)  # fmt: skip
CASES = [
    Case(while_list, (NUMBERS,)),
    *(Case(f, (NUMBERS,)) for f in OF_LISTS),
    Case(and_list, (NUMBERS, [1])),
    Case(and_list, (NUMBERS, 0)),
    *(Case(f, (X,)) for f in OF_ARRAYS),
    *(Case(f, (KNOWN,)) for f in (dict_truth2, dict_has, dict_del)),
    Case(all_cond, (X, np.array([1, 2]))),
    Case(all_cond, (X, np.array([1.0, 2]))),
]
