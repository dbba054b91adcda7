class Counter:
    def __init__(self):
        self.n = 0

    def __enter__(self):
        self.n += 1

    def __exit__(self, *error):
        pass


def f(x, counter):
    with counter:
        y = x * counter.n
    return y


def use(tx):
    return tx.grad(f)(1.5, Counter())

# error
# NotDifferentiable: a context of class Counter writes to something, and which class it is of is only known while running
#   Annotate its parameter with its class, or call what it does as functions.
