class Body:
    def __init__(self, m):
        self.m = m


def f(p, q):
    rate = 5.0 if p is q else 2.0
    p.m = p.m * rate
    return p.m


def use(tx):
    b = Body(1.5)
    tx.grad(f)(b, b)

# error
# AliasError: an argument that is written has something in common with another one that is read after that
#   Read it by way of the one that is written, or pass a copy: q or p
