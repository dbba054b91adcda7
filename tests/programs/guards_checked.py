"""try around what generated code checks: the handlers are for the exceptions of the function, a check of ours passes them."""

import contextlib
import math

import numpy as np

from tests.programs import Case


def halved(p):
    q = p.copy()
    q["w"] *= 0.5
    if q["n"] < 0:
        raise ValueError("n")
    return math.sqrt(q["n"]) * p["n"] + q["n"] * p["n"]


def logarithm(x):
    return math.log(x) * x


def copy_of_a_dict(p):
    try:
        y = halved(p)
    except ValueError:
        y = p["n"] ** 3
    return y * p["n"]


def known_at_run_time(x, g):
    try:
        y = g(x)
    except Exception as error:
        y = x**3 * len(error.args)
    return y * x


def suppressed(x, g):
    y = x * x
    with contextlib.suppress(ValueError, KeyError):
        return g(x) * y
    return y * x


def two_handlers(x, g):
    try:
        y = g(x)
    except KeyError:
        y = 0.0 * x
    except ValueError:
        y = x * x * x
    finally:
        z = x
    return y * z


CASES = [
    Case(copy_of_a_dict, ({"w": 2.0, "n": 1.3},), second="a part of an array is written that is a copy"),
    Case(copy_of_a_dict, ({"w": 2.0, "n": -1.3},)),
    Case(known_at_run_time, (1.3, logarithm)),
    Case(known_at_run_time, (-1.3, logarithm)),
    Case(suppressed, (np.float64(1.3), logarithm)),
    Case(suppressed, (-1.3, logarithm)),
    Case(two_handlers, (1.3, logarithm)),
    Case(two_handlers, (-1.3, logarithm)),
]
