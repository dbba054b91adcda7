class Params:
    def __init__(self, **values):
        self.__dict__.update(values)


def f(a, b):
    p = Params(a=a, b=b)
    return p.a * p.b


def use(tx):
    return tx.grad(f)(2.0, 3.0)

# error
# UnsupportedSyntax: attributes by way of __dict__ are not followed
#   File "model.py", line 3, in __init__
#     3 |         self.__dict__.update(values)
#       |         ^^^^^^^^^^^^^
#   Write them by their names: self.w = w.
