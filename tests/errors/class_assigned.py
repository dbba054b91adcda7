class Base:
    def __init__(self, x):
        self.x = x

    def value(self):
        return self.x


class Child(Base):
    def value(self):
        return self.x**2


def f(x):
    e = Base(x)
    e.__class__ = Child
    return e.value()


def use(tx):
    return tx.grad(f)(1.5)

# error
# UnsupportedSyntax: an assignment to __class__ is not followed
#   File "model.py", line 16, in f
#     16 |     e.__class__ = Child
#        |     ^^^^^^^^^^^
#   Make a new object of that class.
