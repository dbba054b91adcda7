class Body:
    def __init__(self, x, v):
        self.x, self.v = x, v

    def kick(self, dt):
        self.v = self.v - dt * self.x


def f(a):
    bodies = [Body(a * i, 1.0 + a) for i in range(3)]
    for body in bodies:
        body.kick(0.1)
    return sum(body.v * body.x for body in bodies)


def use(tx):
    return tx.grad(f)(0.7)

# error
# UnsupportedSyntax: kick writes into its argument 'self', and where it is called it is only known while running
#   File "model.py", line 5, in kick
#     5 |     def kick(self, dt):
#       |     ^^^^^^^^^^^^^^^^^^^
#   Let it return the new value.
