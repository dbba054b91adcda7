import math


class Par:
    def __init__(self, low, high):
        self.low, self.high = low, high

    def __float__(self):
        return self.low * self.high


def f(p):
    return 2.0 * math.sqrt(p)


def use(tx):
    return tx.grad(f)(Par(2.0, 3.0))

# error
# ArgumentError: the class Par, which has its own __float__, is not known when the derivative is made
#   Annotate the parameter with its class, or call a method of the object by its name.
