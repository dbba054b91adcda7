import numpy


class Shim:
    def __init__(self, module):
        self.module = module

    def __getattr__(self, name):
        return getattr(self.module, name)


def f(x, xp):
    return xp.sum(x * x)


def use(tx):
    return tx.jvp(f)(numpy.ones(3), Shim(numpy), x_dot=numpy.ones(3))

# error
# NotDifferentiable: functions of an array module are asked of a value that is of type Shim
#   Use NumPy or CuPy; what is asked of another module or object has a name that no function of NumPy's has.
