import numpy as np


def f(x):
    return x * x


def use(tx):
    namespace = {}
    exec("def g(x):\n    return x * x", namespace)
    return tx.grad(namespace["g"])

# error
# SourceNotFound: the source of g (typed in or made by exec) is not available
#   Put the function in a file and import it.
