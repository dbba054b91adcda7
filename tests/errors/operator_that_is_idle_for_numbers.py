class Flag:
    def __init__(self, v):
        self.v = v

    def __invert__(self):
        return 5.0 * self.v


class Other(Flag):
    pass


def f(x):
    total = x
    for flag in [Flag(x), Other(x)]:
        total += ~flag
    return total


def use(tx):
    return tx.grad(f)(2.0)

# error
# ArgumentError: the class Flag, which has its own __invert__, is not known when the derivative is made
#   Annotate the parameter with its class: Flag.
