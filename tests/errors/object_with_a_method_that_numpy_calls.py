import numpy as np


class Area:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def sqrt(self):
        return np.sqrt(self.a * self.b)


def f(areas):
    return np.sqrt(areas[0]) * areas[1].a


def use(tx):
    return tx.grad(f)([Area(2.0, 3.0), Area(1.0, 2.0)])

# error
# ArgumentError: the class Area, which has its own sqrt, is not known when the derivative is made
#   Annotate what holds it: list[Area] for a parameter, if Area has no subclasses, or a field of this class in a class.
