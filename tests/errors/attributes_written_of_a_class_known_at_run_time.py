class Doubled:
    def __init__(self, a):
        object.__setattr__(self, "a", a)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value * 2.0)


def f(x, box):
    box.a = x * x
    return box.a * x


def use(tx):
    return tx.grad(f)(2.0, Doubled(1.0))

# error
# ArgumentError: the class Doubled, which decides itself what an assignment to .a does, is not known when the derivative is made
#   Annotate the parameter with its class: Doubled.
