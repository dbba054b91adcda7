"""Names that a loop makes on some of its ways only: the others keep what an iteration before has made."""

from __future__ import annotations

import numpy as np

from tests.programs import Case

X, Y = np.array([0.3, 0.4, 0.5]), np.array([1.2, 0.7, 0.9])


def kept_by_a_continue(x, y):
    for k in range(4):
        if k == 2:
            continue
        if k > 2:
            break
        r = x * k
    return np.sum(r * r)


def inner_loop_of_fewer_and_fewer(x, y):
    for k in range(4):
        for j in range(2 - k):
            r = x * (j + 1) * y
    return np.sum(r * r)


def two_names_in_a_while(x, y):
    k = 0
    while k < 5:
        k += 1
        if k % 2:
            r = x * k
        elif k == 2:
            q = r * y
    return np.sum(r * q)


def kept_by_an_error(x, y):
    for k in range(4):
        try:
            if k > 1:
                raise ValueError
            r = x * k
        except ValueError:
            pass
    return np.sum(r * r)


def kept_by_a_break(x, y):
    for k in range(4):
        if x[0] * k > 0.4:
            break
        r = x * y * (k + 1)
    else:
        r = x
    return np.sum(r * r)


def best_so_far(x, y):
    best = None
    for k in range(4):
        v = np.sum(x * y) * (k - 1.3) ** 2
        if best is None or v < best:
            best = v
            arg = x * k
    return best * np.sum(arg)


def changed_later(x, y):
    for k in range(4):
        if k == 0:
            r = x
        else:
            if k == 2:
                r = r * y
    return np.sum(r * r)


def unpacked_once(x, y):
    for k in range(4):
        if k == 1:
            u, v = x * y, y
        if k == 3:
            v = v * 2.0
    return np.sum(u * v)


def written_later(x, y):
    for k in range(4):
        if k == 1:
            u = x * y
        if k == 2:
            u[0] = 3.0 * x[1]
    return np.sum(u * u)


def updated_later(x, y):
    for k in range(4):
        if k == 1:
            u = x * y
        elif k == 2:
            u *= y
    return np.sum(u * u)


def diagonal_only(x, y):
    for k in range(3):
        for j in range(3):
            if j == k == 1:
                u = x * y
            if j > 1:
                break
    return np.sum(u * u)


def matched_once(x, y):
    for k in range(3):
        match k:
            case 1:
                u = x * y
    return np.sum(u * u)


def made_by_a_local_function(x, y):
    for k in range(3):
        if k == 1:

            def h(a):
                return a * x

            u = h(y)
    return np.sum(u * u)


def walrus_of_a_test(x, y):
    for k in range(3):
        if k == 1 and (u := x * y)[0] > 0:
            pass
    return np.sum(u * u)


def inside_a_with(x, y):
    for k in range(3):
        with np.errstate(all="ignore"):
            if k == 1:
                u = x * y
    return np.sum(u * u)


def replaced_later(x, y):
    for k in range(5):
        if k == 1:
            u = x * y
        if k > 2:
            u = u * u
            if u[0] > 0:
                continue
            u = x
    return np.sum(u * u)


def in_a_local_function(x, y):
    def it():
        for k in range(4):
            if k == 2:
                r = x * k
        return r

    return np.sum(it())


def made_in_the_first(x, y):
    for k in range(3):
        if k == 0:
            w = np.zeros(3)
        w[k] = x[k] * y[k]
        if k == 1:
            z = w.copy()
    return np.sum(w * z)


def found_in_a_while(x, y):
    i = 0
    while i < 3:
        j = 0
        while j < 3:
            if i == j == 1:
                hit = x * (i + j)
                break
            j += 1
        i += 1
    return np.sum(hit * y) * i * j


class Point:
    def __init__(self, a):
        self.a = a


def field_that_comes_later(x, y):
    p = Point(x)
    for k in range(4):
        if k == 1:
            p.t = x * y
        if k == 2:
            p.a = p.t * y
    return np.sum(p.a * p.t)


def array_of_one_arm(x):
    if x > -0.16:
        w = np.zeros(4)
        w[0] = np.cos(x)
        for k in range(1, 4):
            w[k] = np.sin(w[k - 1] * x + 0.3)
    x = np.cos(x)
    if x > -0.16:
        return np.sin(x * x)
    return np.dot(w, np.linspace(0.5, 1.5, 4)) + np.sum(np.outer(w[1:], w[:-1]))


def written_if_it_is_there(x):
    if x > -0.577:
        w = np.ones(3)
    for k in range(3):
        if w[k] > 0.16:
            w[k] = x * k
    return np.sum(w * w)


def swapped_then_left(a, b):
    for i in range(3):
        if i > 1:
            return b
        b, a = a, 1.25
        if 0 < i < 3:
            break
    return a * b


def object_or_number(x):
    held = Held(x[0])
    return held.value * (held and x[1] or x[2])


class Held:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return False


CASES = [
    *(
        Case(f, (X.copy(), Y.copy()), wrt=(0, 1))
        for f in (
            kept_by_a_continue,
            inner_loop_of_fewer_and_fewer,
            two_names_in_a_while,
            kept_by_an_error,
            kept_by_a_break,
            best_so_far,
            changed_later,
            unpacked_once,
            updated_later,
            diagonal_only,
            matched_once,
            made_by_a_local_function,
            walrus_of_a_test,
            inside_a_with,
            replaced_later,
            in_a_local_function,
            found_in_a_while,
            field_that_comes_later,
            written_later,
            made_in_the_first,
        )
    ),
    *(Case(f, (v,)) for f in (array_of_one_arm, written_if_it_is_there) for v in (0.3, 0.9, -0.1)),
    Case(swapped_then_left, (0.3, 0.7), wrt=(0, 1)),
    Case(swapped_then_left, (0.3, 0.7), wrt=(1,)),
    Case(object_or_number, (np.array([1.0, 2.0, 3.0]),)),
]
