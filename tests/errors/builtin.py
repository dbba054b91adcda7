import numpy as np




def use(tx):
    return tx.grad(abs)

# error
# SourceNotFound: abs is built in and has no Python source
#   Write a function that calls it: lambda x: abs(x).
