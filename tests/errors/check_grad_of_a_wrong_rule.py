import numpy as np


def cube(x):
    return x**3


def use(tx):
    @tx.elementwise(cube)
    def rule(y, x):
        return 2.0 * x
    
    return tx.check_grad(lambda x: cube(x), 2.0)

# error
# CheckFailed: <lambda>: 1 of 1 directions disagree
#   where      reverse      forward  finite difference  its error  verdict
#   x      4.547846749  4.547846749        13.64354025    1.1e-13  wrong
