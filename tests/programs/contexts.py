"""with on contexts that write: into what they are given, to their own attributes, to global variables and class attributes."""

import contextlib
import math

import numpy as np

from tests.programs import Case


class Flag:
    on = False
    k = 1.0


ON = False
TABLE = np.ones(2)
CONFIG = {"k": 1.0}
SEEN: list[float] = []


class Scale:
    def __init__(self, values):
        self.values = values

    def __enter__(self):
        self.values *= 2.0
        return self

    def __exit__(self, *error):
        self.values *= 3.0


class Restores:
    def __init__(self, values):
        self.values = values

    def __enter__(self):
        self.kept = self.values.copy()
        return self.values

    def __exit__(self, kind, error, trace):
        self.values[:] = self.kept


class Counter:
    def __init__(self):
        self.n = 0.0

    def __enter__(self):
        self.n += 1
        return self

    def __exit__(self, *error):
        self.n += 2
        return False


class Levels:
    def __init__(self):
        self.items = []

    def __enter__(self):
        self.items.append(len(self.items) + 1.0)
        return self

    def __exit__(self, *error):
        self.items.pop()


class Switch:
    def __enter__(self):
        global ON
        ON = True

    def __exit__(self, *error):
        global ON
        ON = False


class Sets:
    def __init__(self, k):
        self.k = k

    def __enter__(self):
        CONFIG["k"] = TABLE[0] = self.k

    def __exit__(self, *error):
        CONFIG["k"] = TABLE[0] = 1.0


class Notes:
    """Writes to a list of the module that no function reads."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.start = 1.0
        return self

    def __exit__(self, *error):
        SEEN.append(self.start)


class Mode:
    def __init__(self):
        self.mode = "train"

    @contextlib.contextmanager
    def evaluating(self):
        self.mode = "eval"
        yield self
        self.mode = "train"

    def out(self, x):
        return x**2 if self.mode == "eval" else x**3


MODE = Mode()


@contextlib.contextmanager
def enabled():
    old = Flag.on
    Flag.on = True
    try:
        yield
    finally:
        Flag.on = old


@contextlib.contextmanager
def gain(k):
    Flag.k = k
    yield
    Flag.k = 1.0


@contextlib.contextmanager
def with_first(values, v):
    old = values[0]
    values[0] = v
    try:
        yield values
    finally:
        values[0] = old


@contextlib.contextmanager
def doubled(a, more=()):
    a *= 2
    yield
    a *= 3


@contextlib.contextmanager
def grows(values, v, *, last=5.0):
    values.append(v)
    yield v * 2
    values.append(last)


@contextlib.contextmanager
def both(values, v):
    with np.errstate(all="ignore"), with_first(values, v) as inner:
        yield inner[0]


def scales(x):
    values = x * 1.0
    with Scale(values):
        y = x * x
    return np.sum(y * values)


def scales_the_argument(x):
    with Scale(x):
        y = x * x
    return np.sum(y * x)


def scaled_as(x):
    with Scale(x * 2.0) as s:
        y = x * s.values
    return np.sum(y * s.values)


def restores(x):
    w = np.array([1.0, 2.0, 3.0])
    with Restores(w) as v:
        v[0] = 5.0
        y = w * x
    return np.sum(y * w * x)


def counts(x):
    with Counter() as t:
        x = x * t.n
    return x * t.n


def counts_in_a_loop(x):
    t = Counter()
    for _ in range(3):
        with t:
            x = x * t.n
    return x * t.n


def counts_of_the_argument(x, t: Counter):
    with t:
        x = x * t.n
    return x * t.n


def in_levels(x):
    s = Levels()
    with s:
        with s:
            y = x * s.items[-1]
        y = y * x * s.items[-1]
    return y * len(s.items) + y


def first_for_a_while(x):
    values = [x, 2.0]
    with with_first(values, x * 3):
        y = values[0] * x
    return values[0] * y * values[1]


def first_of_the_argument(xs):
    with with_first(xs, xs[1] ** 2) as same:
        y = same[0] * xs[1]
        if y > 0:
            z = y * xs[0]
        else:
            z = y
    return xs[0] * y * z


def doubles(x):
    a = np.array([x, x * x])
    with doubled(a):
        y = a[0] * 2
    return y + a[1]


def grown(x, n):
    values = [x]
    s = 0.0
    for k in range(n):
        with grows(values, x * k, last=x) as twice:
            if k == 2:
                continue
            s = s + sum(values) * twice
    return s * sum(values) * len(values)


def grows_and_returns(x):
    values = [x]
    with grows(values, x * x) as twice:
        if x > 1.0:
            return twice * values[-1]
        y = x * 2.0
    return y * sum(values)


def in_both(x):
    values = [x, x]
    with both(values, x * x) as first:
        y = first * values[0]
    return y * values[0]


def behind_an_exception(x):
    values = [x, x]
    try:
        y = math.log(x)
    except ValueError:
        with with_first(values, x * x):
            y = values[0] * x
    return y * values[0]


def power(v):
    return v**2 if Flag.on else v**3


def flagged_in_a_callee(x):
    with enabled():
        b = power(x)
    return b * x * power(x)


def flagged(x):
    with enabled():
        b = x**2 if Flag.on else x**3
    return b * x


def gained(x):
    with gain(3.0):
        b = x * Flag.k * x
    for _ in range(2):
        with gain(2.0):
            b = b * x * Flag.k
        b = b * x * Flag.k
    return b * x


def switched(x):
    with Switch():
        b = x * x if ON else x
    return b * x


def in_tables(x):
    with Sets(5.0):
        b = x * TABLE[0] * x
        c = b * b * TABLE * CONFIG["k"]
    return np.sum(c * TABLE * CONFIG["k"])


def noted(x):
    with Notes("a") as n:
        y = x * x * n.start
    return y * x


def of_an_object(x):
    o = Mode()
    with o.evaluating():
        a = o.out(x)
    return a * o.out(x)


def of_the_argument(x, o: Mode):
    with o.evaluating() as same:
        a = same.out(x)
    return a * o.out(x)


def of_a_global(x):
    with MODE.evaluating():
        a = MODE.out(x)
    return a * MODE.out(x)


V = np.array([1.0, 2.0, 0.5])

CASES = [
    Case(scales, (V,)),
    Case(scales_the_argument, (V,)),
    Case(scaled_as, (V,)),
    Case(restores, (V,)),
    Case(counts, (1.3,)),
    Case(counts_in_a_loop, (1.3,)),
    Case(counts_of_the_argument, (1.3, Counter())),
    Case(in_levels, (1.3,)),
    Case(first_for_a_while, (1.3,)),
    Case(first_of_the_argument, ([1.3, 0.7],)),
    Case(first_of_the_argument, (V,)),
    Case(doubles, (1.3,)),
    Case(grown, (1.3, 4)),
    Case(grows_and_returns, (1.3,)),
    Case(grows_and_returns, (0.7,)),
    Case(in_both, (1.3,)),
    Case(behind_an_exception, (1.3,)),
    Case(behind_an_exception, (-1.3,)),
    Case(flagged_in_a_callee, (1.3,)),
    Case(flagged, (1.3,)),
    Case(gained, (1.3,)),
    Case(switched, (1.3,)),
    Case(in_tables, (1.3,)),
    Case(noted, (1.3,)),
    Case(of_an_object, (1.3,)),
    Case(of_the_argument, (1.3, Mode())),
    Case(of_a_global, (1.3,)),
]
