from abc import ABC, abstractmethod
from dataclasses import dataclass


class Log(ABC):
    @abstractmethod
    def total(self): ...

    @abstractmethod
    def append(self, x): ...


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
# ArgumentError: expected an object of class Log, got one of Sum: annotate the parameter with its class
