"""Statements that surround active code: del, imports, asserts, f-strings, logs, jumps in all combinations, deep nesting."""

import logging
import warnings

import numpy as np

from tests.programs import Case

LOG = logging.getLogger(__name__)
scale = 1.5


def deletes(x, n):
    for k in range(n):
        t = x * k
        x = x + np.sin(t)
        del t
    u, v = x * 2.0, x * x
    del u
    return v * x


def deletes_and_assigns_again(x):
    y = x * x
    if x > 0.0:
        del y
        y = x * 3.0
    z = y * x
    del (y, z)
    z = x
    return z * x


def imports(x):
    import math
    import os.path
    from math import pi
    from math import sin as sine

    import numpy.linalg as la

    w = np.array([1.0, 2.0]) * x
    return la.norm(w) * sine(x) * pi + math.exp(x) * len(os.path.join("a", "b"))


def imports_in_a_branch(x, quick):
    if quick:
        from math import sin

        x = x * 2.0
    else:
        from math import sin
    return sin(x) * x


def optional_imports(x):
    try:
        import no_such_module  # noqa: F401
    except ImportError:
        factor = 2.0
    try:
        from math import sinh
    except ImportError:
        sinh = None
    else:
        x = x * 1.5
    return sinh(x) * x * factor


def formats(x, width):
    name = "y"
    y = x * x
    label = f"{name}={y:>{width}.{1 + 2}f} {width!r:>{width}} {width=} {name:{'>'}{width}}"
    LOG.info(f"{y=} {y!r:>{width}}")
    other = "%s %d" % (name, width) + "{:>8}".format(name)
    return y * len(label) + x * len(other)


def logs(x, n):
    LOG.info("start %s", x)
    total = 0.0
    for k in range(n):
        LOG.debug(f"{k=} {total:.2f}")
        if total > 1e6:
            warnings.warn("large", RuntimeWarning, stacklevel=2)
        total = total + x**k
    "a string in the middle"
    ...
    return total * total


def asserts(x, y):
    assert x > 0.0, f"x is {x}"
    if __debug__:
        assert (d := 3) == 3
    if not y > 0.0:
        raise ValueError("y")
    return x * np.sqrt(y) * d


def annotated(x: float, n: int = 3) -> float:
    y: float
    total: float = 0.0
    k: int
    for k in range(n):
        y = x * k; total += y * y  # fmt: skip  # noqa: E702
        pass
    return total


def reads_a_global(x):
    global scale
    return scale * x * x


def forever(x):
    k = 0
    while True:
        k += 1
        if k % 2:
            continue
        x = x * x + 0.1
        for j in range(k):
            if j == 3:
                break
            x = x * 1.1
        else:
            if k > 3:
                break
            x = x - 0.05
            continue
        x = np.sin(x)
        if k > 6:
            return x * 2.0
    else:
        x = x * 100.0
    return x * k


def searches(xs, limit):
    best = None
    for i, x in enumerate(xs):
        if x > limit:
            best = i
            break
    else:
        return np.sum(xs)
    j = best
    while j < len(xs):
        if xs[j] < limit:
            break
        j += 1
    else:
        return xs[best] * 2.0
    return xs[best] * xs[j] * xs[j]


def steered_by_words(x, words):
    state, depth = "start", 0
    for word in words.split():
        if word in ("push", "PUSH".lower()) and not state.startswith("e"):
            depth += 1
            x = x * (1.0 + depth)
        elif word[:3] == "pop" and depth >= 1:
            depth, state = depth - 1, "end" if depth == 1 else state
            x = x + np.cos(x) / depth if depth else x * x
        else:
            x = x - 0.1
    return x if state == "end" else -x


def calls_of(x, seen):
    seen.append(x)
    return x


def chained(x):
    lo, hi = 0.0, 2.0
    if lo < x * x <= hi < 3.0:
        x = x * x
    if not 0.0 <= x < np.exp(x) < 2.0 * x:
        x = x * 3.0
    return x * x


def deep(x):
    k = 0
    for a in range(2):
        if a >= 0:
            for b in range(2):
                if b >= 0:
                    for c in range(2):
                        if c >= 0:
                            while k % 3 != 2:
                                if k >= 0:
                                    for d in range(1):
                                        if d == 0:
                                            if a == b:
                                                if b == c:
                                                    if x > -9.0:
                                                        if x < 9.0:
                                                            if k < 100:
                                                                for e in range(1):
                                                                    if e == 0:
                                                                        if x != 0.0:
                                                                            for f in range(1):
                                                                                if f == 0:
                                                                                    x = np.sin(x) * 1.1 + 0.01 * k
                                k += 1
                            k += 1
    return x * x


def long(x):
    y = x
    y = y * 1.01 + 0.1
    y = np.sin(y) * y
    y = y + x * 0.3
    y = y * y - 0.2
    y = y * 1.01 + 0.1
    y = np.sin(y) * y
    y = y + x * 0.3
    y = y * y - 0.2
    y = y * 1.01 + 0.1
    y = np.sin(y) * y
    y = y + x * 0.3
    y = y * y - 0.2
    y = y * 1.01 + 0.1
    y = np.sin(y) * y
    y = y + x * 0.3
    y = y * y - 0.2
    y = y * 1.01 + 0.1
    y = np.sin(y) * y
    y = y + x * 0.3
    y = y * y - 0.2
    y = y * 1.01 + 0.1
    y = np.sin(y) * y
    y = y + x * 0.3
    y = y * y - 0.2
    return y


XS = np.array([0.3, 1.4, 0.9, 2.2, 0.2])
CASES = [
    Case(deletes, (0.7, 3)),
    Case(deletes_and_assigns_again, (0.7,)),
    Case(imports, (0.7,)),
    Case(imports_in_a_branch, (0.7, True)),
    Case(imports_in_a_branch, (0.7, False)),
    Case(optional_imports, (0.7,)),
    Case(formats, (0.7, 12)),
    Case(logs, (0.7, 4)),
    Case(annotated, (0.7,)),
    Case(reads_a_global, (0.7,)),
    Case(forever, (0.4,)),
    Case(searches, (XS, 1.0)),
    Case(searches, (XS, 2.0)),
    Case(searches, (XS, 5.0)),
    Case(steered_by_words, (0.7, "push x push pop y pop z")),
    Case(steered_by_words, (0.7, "push push pop")),
    Case(chained, (0.7,)),
    Case(chained, (1.2,)),
    Case(chained, (3.2,)),
    Case(deep, (0.7,)),
    Case(long, (0.7,)),
]
