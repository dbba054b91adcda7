class Body:
    def __init__(self, m):
        self.m = m


def f(bodies, m):
    bodies[2] = Body(m)
    return sum(p.m * q.m for p in bodies for q in bodies if p is not q)


def use(tx):
    b = Body(1.5)
    tx.grad(f, "m")([b, b, Body(2.0)], 0.7)

# error
# AliasError: an argument that is written holds one object in two places
#   Put a copy there: y = x.copy()
