from dataclasses import dataclass
from typing import Any


class Body:
    def __init__(self, mass):
        self.mass = mass


@dataclass(frozen=True)
class Held:
    body: Any


def f(x):
    body = Body(x)
    held = Held(body)
    body.mass = x * x
    return held.body.mass


def use(tx):
    tx.grad(f)(2.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: held or self
