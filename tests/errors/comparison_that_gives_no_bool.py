class Soft:
    def __init__(self, v):
        self.v = v

    def __lt__(self, x):
        return self.v * x

    def __add__(self, x):
        return Soft(self.v + x)


def f(x):
    held = {"soft": Soft(3.0) + x}
    return (held["soft"] < x) * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# NotDifferentiable: a comparison gives a float, as the class of an object says, and it is computed with
#   Call the method that is meant by its name.
