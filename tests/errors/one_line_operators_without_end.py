def lifted(o):
    return o if isinstance(o, Interval) else Interval(o)


class Interval:
    def __init__(self, v):
        self.v = v

    def __sub__(self, o):
        return Interval(self.v - lifted(o).v)

    def __rsub__(self, o):
        return lifted(o) - self


def f(x):
    return (1 - Interval(x)).v


def use(tx):
    return tx.grad(f)(1.5)

# error
# UnsupportedSyntax: f calls functions of one line that call one another without an end that is seen
#   File "model.py", line 16, in f
#     16 | def f(x):
#        | ^^^^^^^^^
#   Let the recursion end in an if statement.
