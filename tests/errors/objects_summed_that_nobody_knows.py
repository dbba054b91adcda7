import numpy as np


class Log:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return Log(np.logaddexp(self.v, o.v))

    __radd__ = __add__


def logs(x):
    return {"all": [Log(x), Log(x * x)]}


def f(x):
    return sum([logs(x)["all"][0], logs(x)["all"][1]]).v


def use(tx):
    return tx.grad(f)(2.0)

# error
# ArgumentError: the class Log, which has its own __add__, is not known when the derivative is made
#   Annotate the parameter with its class: Log.
