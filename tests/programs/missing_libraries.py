"""Libraries that are not installed: their names mean nothing, in branches that are not taken then."""

import math

import numpy as np

from tests.programs import Case

try:
    import no_such_library as symbols
except ImportError:
    HAS_SYMBOLS = False


def norm(v):
    total = 0
    for x in v:
        total += x * x
    if HAS_SYMBOLS and isinstance(total, symbols.Expr):
        return symbols.sqrt(total)
    else:
        return math.sqrt(total)


def unit(v):
    n = norm(v)
    if n > 1e-9:
        return np.sum(v / n * np.arange(1.0, 4.0))
    raise ValueError("no direction")


def left_early(x):
    if not HAS_SYMBOLS:
        return x * np.sin(x)
    y = symbols.Symbol("y")
    return symbols.sin(y).subs(y, x)


def tried(x):
    try:
        y = symbols.square(x)
    except NameError:
        y = x * x
    return y * x


def chosen(x):
    return symbols.exp(x) if HAS_SYMBOLS else np.exp(x)


def in_a_local_function(xs):
    def scale(t):
        return symbols.sqrt(t) if HAS_SYMBOLS else math.sqrt(t)

    return sum([scale(t) for t in xs] if not HAS_SYMBOLS else [symbols.sqrt(t) for t in xs])


def in_a_loop(x, n):
    for k in range(n):
        if isinstance(x, int) or (HAS_SYMBOLS and isinstance(x, symbols.Integer)):
            break
        while HAS_SYMBOLS and symbols.more(x):
            x = symbols.less(x)
        x = x * x + k
    return x


CASES = [
    Case(norm, (np.array([3.0, 4.0]),)),
    Case(unit, (np.array([3.0, 4.0, 1.0]),)),
    Case(left_early, (0.7,)),
    Case(tried, (1.7,)),
    Case(chosen, (np.array(0.7),)),
    Case(in_a_local_function, ([0.7, 1.3],)),
    Case(in_a_loop, (0.7, 3)),
]
