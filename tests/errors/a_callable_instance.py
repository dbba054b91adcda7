import numpy as np


class Model:
    def __call__(self, x):
        return x * x


def use(tx):
    return tx.grad(Model())

# error
# ArgumentError: an instance of Model is not a plain function
#   Write a function of the arguments that computes the same.
