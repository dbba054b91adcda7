import math


def f(x, xp):
    return xp.sum(xp.sin(x))


def use(tx):
    tx.grad(f)([1.0, 2.0], math)

# error
# NotDifferentiable: functions of an array module are asked of a value that is the module math
#   Use NumPy or CuPy; what is asked of another module or object has a name that no function of NumPy's has.
