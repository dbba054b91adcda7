class Body:
    def __init__(self, x):
        self.x, self.v = x, 0.0

    def advance(self):
        self.v -= 0.1 * self.x
        self.x += 0.1 * self.v


class System:
    def __init__(self, bodies):
        self.bodies = bodies

    def run(self):
        for body in self.bodies:
            body.advance()


def f(x, y):
    system = System([Body(x), Body(y)])
    system.run()
    return system.bodies[0].x * system.bodies[1].v


def use(tx):
    return tx.grad(f)(0.5, 1.5)

# error
# AliasError: a slice or an item of a list is written, and that it is a list is only known now
#   Annotate its parameter: xs: list
