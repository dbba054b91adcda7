class Body:
    def __init__(self, v):
        self.v = v


def f(x, bodies, springs):
    for body in bodies:
        body.v = body.v * x
    return sum(spring.v for spring in springs)


def use(tx):
    body = Body(1.0)
    tx.grad(f)(0.4, [body], [body])

# error
# AliasError: an argument that is written has something in common with another one that is read after that
#   Read it by way of the one that is written, or pass a copy: springs or bodies
