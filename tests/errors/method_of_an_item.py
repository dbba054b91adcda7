class Body:
    def __init__(self, x, v):
        self.x, self.v = x, v

    def kick(self, dt):
        self.v = self.v - dt * self.x


def f(bodies, a):
    for body in bodies:
        body.kick(a)
    return sum(body.v * body.x for body in bodies)


def use(tx):
    return tx.grad(f, "a")([Body(0.5 * i, 1.0) for i in range(3)], 0.7)

# error
# UnsupportedSyntax: the method .kick() writes into something that is not its own
#   File "model.py", line 11, in f
#     11 |         body.kick(a)
#        |         ^^^^^^^^^^^^
#   Annotate body with its class, or return the new value.
