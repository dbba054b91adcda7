class Body:
    def __init__(self, x):
        self.x, self.f = x, 0.0


def forces(bodies):
    for i, p in enumerate(bodies):
        for q in bodies[i + 1 :]:
            p.f += q.x
            q.f -= p.x


def f(x, y, z):
    bodies = [Body(x), Body(y), Body(z)]
    forces(bodies)
    return bodies[0].f * bodies[1].f + bodies[2].f ** 2


def use(tx):
    return tx.grad(f)

# error
# AliasError: bodies_part is read after something that it may share memory with was written
#   File "model.py", line 10, in forces
#     10 |             q.f -= p.x
#        |             ^^^^^^^^^^
#   Read its items where they are used, by their index.
