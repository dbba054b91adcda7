import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.source(f)

# error
# ArgumentError: f was not made by tangentx
#   Pass what grad, value_and_grad, vjp, jvp or hvp returned.
