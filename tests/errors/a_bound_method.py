import numpy as np


class Model:
    def energy(self, x):
        return x * x


def use(tx):
    return tx.grad(Model().energy)

# error
# ArgumentError: Model.energy is a bound method, not a plain function
#   Write a function that takes what the method reads of self as parameters.
