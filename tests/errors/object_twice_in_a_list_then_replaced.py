class Body:
    def __init__(self, v, q=1.0):
        self.v = v
        self.q = q


def f(x, bodies):
    for i, body in enumerate(bodies):
        bodies[i] = Body(x, body.q)
        body.q = body.q * 2
    return sum(body.q * body.v for body in bodies)


def use(tx):
    body = Body(1.0)
    tx.grad(f)(0.8, [body, body])

# error
# AliasError: an argument that is written holds one object in two places
#   Put a copy there: y = x.copy()
