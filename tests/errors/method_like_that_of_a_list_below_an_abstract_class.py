from abc import ABC, abstractmethod
from dataclasses import dataclass


class Log(ABC):
    @abstractmethod
    def total(self): ...


class Sum(Log):
    def __init__(self):
        self.sum = 0.0

    def append(self, x):
        self.sum = self.sum + x

    def total(self):
        return self.sum


@dataclass
class Run:
    log: Log


def f(x, run: Run):
    run.log.append(x * x)
    return run.log.total()


def use(tx):
    return tx.grad(f)(0.7, Run(Sum()))

# error
# UnsupportedSyntax: Log has no method 'append'
#   File "model.py", line 27, in f
#     27 |     run.log.append(x * x)
#        |     ^^^^^^^^^^^^^^^^^^^^^
#   Annotate it with the class of the object.
