import numpy


class Shim:
    def __init__(self, module):
        self.module = module

    def __getattr__(self, name):
        return getattr(self.module, name)


class Other:
    sin = staticmethod(numpy.cos)


np = Shim(numpy)


def f(x):
    return np.sin(x) * x


def use(tx):
    df = tx.grad(f)
    np.module = Other
    return df(1.0)

# error
# ArgumentError: Shim hands on another 'sin' than when this derivative was made
#   Make the derivative again, or call the function by the name of its own module.
