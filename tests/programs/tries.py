"""Tries of which it must be known where they have failed: names and writes that are read behind that."""

from __future__ import annotations

import contextlib
import math

import numpy as np

from tests.programs import Case


class Named:
    """``name`` cannot be written."""

    @property
    def name(self):
        return "fixed"


class Pair:
    def __init__(self):
        self.v = 1.0
        self.w = 1.0


def options_given(x, options):
    try:
        n = options["n"]
        m = options["m"]
    except KeyError:
        m = 2.0
    return x**n * m


def attribute_that_cannot_be_written(x):
    p = Named()
    with contextlib.suppress(AttributeError):
        p.name = "new"
    p.v = x
    return p.v * p.v


def attributes_in_turn(x):
    p = Pair()
    try:
        p.v = x * x
        p.w = math.sqrt(-x)
    except ValueError:
        pass
    return p.v * p.w * x


def read_in_the_handler(x):
    y = 1.0
    try:
        y = x * x
        z = math.log(-x)
    except ValueError:
        return y * x
    return z


def read_behind(x):
    try:
        y = x * x
        z = math.log(-x)
    except ValueError:
        z = 0.5 * x
    return y * z + y


def branches_and_handlers(x):
    a = b = c = 1.0
    try:
        a = x * x
        if math.sqrt(x - 1) > 0.1:
            b = a * x
            c = math.sqrt(1.0 - b)
        else:
            c = x
        a = a * c
    except TypeError:
        a = a * 2
    except ValueError as error:
        c = c * a * len(str(error))
    return a * b * b * c


def truth_of_an_array(x):
    a = x
    try:
        a = x * x
        if x[0] > 0 and x:
            b = 2.0  # noqa: F841
        a = a * 3
    except ValueError:
        pass
    return np.sum(a)


def truth_of_an_array_first(x):
    y = x
    try:
        if x > 1.0:
            b = 2.0  # noqa: F841
        y = x * x
    except ValueError:
        pass
    return y.sum()


def in_a_loop_with_jumps(x):
    total = x
    for k in range(4):
        try:
            total = total + x * k
            if k == 1:
                continue
            y = math.sqrt(x - k)
            total = total * y
        except ValueError as error:
            if k > 2:
                break
            total = total * len(str(error))
            continue
        else:
            total = total + 1.0
    return total * x


def until_it_fails(x):
    a = x
    while True:
        try:
            a = a * 0.5
            b = math.sqrt(a - 0.5)
            a = a * b
        except ValueError:
            break
    return a * a * x


def returns_in_steps(x):
    a = 1.0
    try:
        a = x * x
        if x > 5:
            return a
        b = math.sqrt(-x)
    except ValueError:
        return a * x
    return a * b


def raises_again(x):
    a = 1.0
    try:
        a = x * x
        b = math.sqrt(1.0 - x)
        a = a * b
    except ValueError:
        if a > 3.0:
            raise
        a = a * x
    return a


def caught_again(x):
    try:
        return raises_again(x)
    except ValueError as error:
        return x * x * x * len(str(error))


def items_in_turn(x):
    y = np.zeros(3)
    tail = y[1:]
    try:
        tail[0] = x * x
        y[0] = 3 * x
        tail[1] = float("nothing") * x
    except ValueError:
        tail[1] = y[1]
    return np.sum(y * y)


def appends_in_turn(x):
    out = []
    for k in range(3):
        try:
            out.append(x * k)
            v = math.sqrt(x - k)
            out.append(v)
        except ValueError:
            out.append(x * x)
    return sum(out) * x


def dict_in_turn(x):
    d = {"k": x}
    try:
        d["k"] = d["k"] * x
        d["m"] = x
        v = d["z"]
    except KeyError as error:
        v = d["k"] * len(str(error))
    return v * d["m"]


def asserted(x):
    a = 1.0
    try:
        a = x * x
        assert x < 1, "large"
        a = a * 7
    except (AssertionError, ValueError) as error:
        a = a * len(str(error))
    return a


def try_in_a_handler(x):
    y = x * 2
    try:
        y = y + 1
        y = y * math.sqrt(-x)
    except ValueError:
        try:
            y = y * x
            y = y + math.log(-x)
        except ValueError:
            y = y * y
    return y


def read_by_a_local_function(x):
    a = 1.0

    def f():
        return a * x

    with contextlib.suppress(ValueError):
        a = x * x
        a = a * math.sqrt(-x)
    return f()


def deleted_and_named_twice(x):
    d = {"p": x, "q": 2.0}
    y = x * 2
    with contextlib.suppress(KeyError):
        del d["z"]
    with contextlib.suppress(KeyError):
        del d["q"]
    try:
        z = y = math.sqrt(-x)
    except ValueError:
        z = 1.0
    return d["p"] ** 2 * len(d) * y * z


def helper(p, x):
    try:
        p.v = p.v * x
        p.w = math.sqrt(-x)
    except ValueError:
        pass
    return p.v


def in_a_callee(x):
    p = Pair()
    return helper(p, x) * p.w * x


CASES = [
    Case(options_given, (1.3, {"n": 3})),
    Case(options_given, (1.3, {"n": 3, "m": 0.5})),
    Case(attribute_that_cannot_be_written, (1.3,)),
    *(
        Case(f, (x,))
        for f in (
            attributes_in_turn, read_in_the_handler, read_behind, branches_and_handlers, in_a_loop_with_jumps, until_it_fails, returns_in_steps,
            caught_again, appends_in_turn, dict_in_turn, asserted, try_in_a_handler, read_by_a_local_function, deleted_and_named_twice, in_a_callee,
        )
        for x in (1.3, 2.7)
    ),
    *(Case(f, (-0.3,)) for f in (attributes_in_turn, read_in_the_handler, read_behind, returns_in_steps)),
    Case(raises_again, (1.3,)),
    Case(raises_again, (0.3,)),
    Case(caught_again, (0.3,)),
    Case(items_in_turn, (1.3,), second="is written into in a try that may fail after that"),
    Case(truth_of_an_array, (np.array([1.3, 0.7]),)),
    Case(truth_of_an_array_first, (np.array([1.3, 0.7]),)),
]  # fmt: skip
