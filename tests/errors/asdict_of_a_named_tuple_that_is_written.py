from typing import Any, NamedTuple


class Path(NamedTuple):
    points: Any
    step: float


def f(x):
    points = [x]
    as_dict = Path(points, 0.5)._asdict()
    points.append(x * x)
    return sum(as_dict["points"])


def use(tx):
    tx.grad(f)(2.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: items or points
