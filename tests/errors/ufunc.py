import numpy as np




def use(tx):
    return tx.grad(np.sin)

# error
# SourceNotFound: np.sin is built in and has no Python source
#   Write a function that calls it: lambda x: np.sin(x).
