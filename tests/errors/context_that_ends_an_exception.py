import math


class Ends:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return kind is ValueError


def f(x):
    y = x
    with Ends():
        y = math.log(x)
    return y


def use(tx):
    return tx.grad(f)(-1.5)

# error
# NotDifferentiable: the context of model.py:14 has ended an exception, and the derivative cannot follow
#   Write it as try and except.
