class Metres:
    def __init__(self, v):
        self.v = v

    def __mul__(self, o):
        return Metres(2.0 * self.v * o.v)


class Scale:
    def __init__(self, v):
        self.v = v

    def __rmul__(self, o):
        return Scale(o.v * self.v)


def f(x):
    lengths = [Metres(x), Scale(x)]
    total = lengths[0]
    return (total * Scale(x)).v


def use(tx):
    return tx.grad(f)(2.0)

# error
# ArgumentError: the class Metres, which has its own __mul__, is not known when the derivative is made
#   Annotate the parameter with its class: Metres.
