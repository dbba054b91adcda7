from typing import Any, NamedTuple


class Path(NamedTuple):
    points: Any
    step: float


def f(x):
    points = [x, 2.0 * x]
    path = Path(points, 0.5)
    path.points.append(x * x)
    return sum(points)


def use(tx):
    tx.grad(f)(2.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: points or path
