from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class State:
    v: np.ndarray
    s: float


def f(x, p):
    p.v[0] = x * p.s
    return np.sum(p.v**2)


def use(tx):
    tx.grad(f)(1.2, State(np.ones(3), 2.0))

# error
# AliasError: what the field 'v' of a State holds is written, and that this is a frozen dataclass is only known now
#   Annotate the parameter with its class (State), or make a new array and a new object: dataclasses.replace(x, ...).
