import numpy as np




def use(tx):
    return tx.grad(np.packbits)

# error
# SourceNotFound: np.packbits is built in and has no Python source
#   Write a function that calls it: lambda x: np.packbits(x).
