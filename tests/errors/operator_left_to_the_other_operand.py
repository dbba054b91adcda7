class Metres:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        if not isinstance(o, Metres):
            return NotImplemented
        return Metres(self.v + o.v)


class Feet:
    def __init__(self, v):
        self.v = v

    def __radd__(self, o):
        return Metres(o.v + 0.3048 * self.v)


def f(x):
    return (Metres(x) + Feet(x * x)).v


def use(tx):
    return tx.grad(f)(2.0)

# error
# NotDifferentiable: an operator returns NotImplemented, and then Python asks the other operand
#   Call the method that is meant by its name.
