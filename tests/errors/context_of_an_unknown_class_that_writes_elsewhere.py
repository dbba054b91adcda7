class Flag:
    k = 2.0


class Gain:
    def __enter__(self):
        self.set(3.0)

    def __exit__(self, *error):
        self.set(2.0)

    def set(self, k):
        Flag.k = k


def f(x, context):
    with context:
        y = x * x * Flag.k
    return y


def use(tx):
    return tx.grad(f)(1.5, Gain())

# error
# NotDifferentiable: a context of class Gain writes to something, and which class it is of is only known while running
#   Annotate its parameter with its class, or call what it does as functions.
