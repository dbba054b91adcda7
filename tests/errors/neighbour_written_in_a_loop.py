class Point:
    def __init__(self, v):
        self.v = v


def f(x, points):
    total = 0.0
    before = points[-1]
    for p in points:
        before.v = before.v * x
        total += p.v * before.v
        before = p
    return total


def use(tx):
    tx.grad(f)(1.5, [Point(2.0), Point(3.0)])

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: points or before
