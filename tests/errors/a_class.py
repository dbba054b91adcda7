import numpy as np


class Model:
    pass


def use(tx):
    return tx.grad(Model)

# error
# ArgumentError: Model is a class, not a function
#   Write a function that makes the instance and returns a number.
