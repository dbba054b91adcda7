from typing import NamedTuple


class Vec(NamedTuple):
    x: float
    y: float

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def __abs__(self):
        return (self.x**2 + self.y**2) ** 0.5


def f(a, b):
    return abs(a - b)


def use(tx):
    return tx.grad(f)(Vec(2.0, 3.0), Vec(1.0, 2.0))

# error
# ArgumentError: the class Vec, which has its own __sub__, is not known when the derivative is made
#   Annotate the parameter with its class: Vec.
