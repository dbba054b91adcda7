class Square:
    def __init__(self, v):
        self.v = v

    def __mul__(self, x):
        return self.v * x * x


LAYERS = {"body": [Square(3.0)]}


def f(x):
    return LAYERS["body"][0] * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# ArgumentError: the class Square, which has its own __mul__, is not known when the derivative is made
#   Annotate the parameter with its class: Square.
