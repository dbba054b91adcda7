from functools import cached_property


class Circle:
    def __init__(self, r):
        self.r = r

    @cached_property
    def area(self):
        return self.r * self.r


def f(x):
    circle = Circle(x)
    before = circle.area
    circle.r = circle.r + 1.0
    return before + circle.area


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: Circle.area is a cached property, and an object is written here
#   File "model.py", line 15, in f
#     15 |     before = circle.area
#        |              ^^^^^^^^^^^
#   Make it a property, or work it out before.
