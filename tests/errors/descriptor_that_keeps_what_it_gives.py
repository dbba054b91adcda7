class Lazy:
    def __init__(self, function):
        self.function = function
        self.name = function.__name__

    def __get__(self, owner, cls=None):
        value = owner.__dict__[self.name] = self.function(owner)
        return value


class Circle:
    def __init__(self, r):
        self.r = r

    @Lazy
    def area(self):
        return self.r * self.r


def f(x):
    return Circle(x).area * x

# error
# UnsupportedSyntax: attributes by way of __dict__ are not followed
#   File "model.py", line 7, in __get__
#     7 |         value = owner.__dict__[self.name] = self.function(owner)
#       |                 ^^^^^^^^^^^^^^
#   Write them by their names: self.w = w.
