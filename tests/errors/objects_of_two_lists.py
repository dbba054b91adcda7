class Body:
    def __init__(self, v):
        self.v = v


def f(x):
    first, second = Body(x), Body(x * x)
    there, back = [first, second], [second, first]
    total = 0.0
    for body, other in zip(there, back):
        body.v = body.v * x
        total += other.v
    return total


def use(tx):
    tx.grad(f)(0.4)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: back or body
