import numpy


class Shim:
    def __init__(self, module):
        self.module = module

    def __getattr__(self, name):
        return getattr(self.module, name)


np = Shim(numpy)


def total(x, xp=np):
    return xp.sum(x * x)


def f(x):
    return total(x)


def use(tx):
    return tx.jvp(f)(numpy.ones(3), x_dot=numpy.ones(3))

# error
# ArgumentError: argument of class Shim has 'copy' and 'size' and 'shape' of its own, which is taken for that of an array
#   Annotate the parameter with its class (Shim), or give it another name.
