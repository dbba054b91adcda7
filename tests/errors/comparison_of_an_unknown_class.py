class Soft:
    def __init__(self, v):
        self.v = v

    def __lt__(self, x):
        return self.v * x


def f(y, o):
    return (o < y) * y


def use(tx):
    return tx.grad(f)(2.0, Soft(3.0))

# error
# ArgumentError: the class Soft, which has its own __lt__, is not known when the derivative is made
#   Annotate the parameter with its class: Soft.
