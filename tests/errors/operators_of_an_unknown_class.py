class Squares:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, k):
        return self.items[k] ** 2


def f(p, x):
    return p[0] * x


def use(tx):
    return tx.jvp(f)(Squares([2.0, 3.0]), 1.5, p_dot=Squares([1.0, 0.0]))

# error
# ArgumentError: the class Squares, which has its own __getitem__, is not known when the derivative is made
#   Annotate the parameter with its class: Squares.
