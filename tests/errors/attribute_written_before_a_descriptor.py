class Scaled:
    def __get__(self, owner, cls=None):
        return owner.r * 4.0


class Circle:
    around = Scaled()

    def __init__(self, r):
        self.r = r


def f(x):
    circles = [Circle(x), Circle(2.0)]
    circles[0].around = x * x
    return circles[0].around + circles[1].around

# error
# UnsupportedSyntax: Circle.around is worked out by a Scaled, which is not followed
#   File "model.py", line 16, in f
#     16 |     return circles[0].around + circles[1].around
#        |            ^^^^^^^^^^^^^^^^^
#   Make it a property or a method.
