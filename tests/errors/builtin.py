import numpy as np




def use(tx):
    return tx.grad(input)

# error
# SourceNotFound: input is built in and has no Python source
#   Write a function that calls it: lambda x: input(x).
