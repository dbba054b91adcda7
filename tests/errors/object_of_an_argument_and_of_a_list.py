class Body:
    def __init__(self, v):
        self.v = v


def f(x, bodies, other):
    e = 0.0
    for body in bodies:
        other.v = other.v * x
        e += body.v
        other = body
    return e


def use(tx):
    first, second = Body(1.0), Body(2.0)
    tx.grad(f)(0.4, [first, second], second)

# error
# AliasError: an argument that is written has something in common with another one that is read after that
#   Read it by way of the one that is written, or pass a copy: bodies or other
