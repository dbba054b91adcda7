from dataclasses import dataclass
from typing import ClassVar


@dataclass
class Sample:
    x: float
    history: ClassVar[list] = []

    def push(self, v):
        self.history.append(v)


def f(x):
    a, b = Sample(x), Sample(x)
    a.push(x * x)
    return b.history[-1] * x


def use(tx):
    return tx.grad(f)(1.5)

# error
# AliasError: a write to Sample.history, which stands in the class: all of its objects share it
#   File "model.py", line 11, in push
#     11 |         self.history.append(v)
#        |         ^^^^^^^^^^^^^^^^^^^^^^
#   Give each object its own in __init__, or make a copy in the function and return it.
