import operator


class Circle:
    radius = property(operator.attrgetter("r"))

    def __init__(self, r):
        self.r = r


def f(circle: Circle):
    return circle.radius * circle.r

# error
# UnsupportedSyntax: Circle.radius is worked out by what is no function of Python's, which is not followed
#   File "model.py", line 12, in f
#     12 |     return circle.radius * circle.r
#        |            ^^^^^^^^^^^^^
#   Make it a property or a method.
