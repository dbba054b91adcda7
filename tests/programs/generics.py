"""Classes made by a subscript: ``Tree[float](x)`` makes a Tree."""

from typing import Generic, TypeVar

from tests.programs import Case

T = TypeVar("T")


class Leaf(Generic[T]):
    def __init__(self, value: T):
        self.value = value

    def doubled(self):
        return self.value * 2.0


def of_a_subscript(x):
    return Leaf[float](x * x).value * x


def method_of_one(x):
    leaf = Leaf[float](x * x)
    return leaf.doubled() * leaf.value


CASES = [
    Case(of_a_subscript, (0.7,)),
    Case(method_of_one, (0.7,)),
]
