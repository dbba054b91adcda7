import numpy as np


class Net:
    def __init__(self, w):
        self.w = w

    def get(self):
        return self.w


def f(net, x):
    w = net.get()
    w[0] *= x
    return np.sum(net.w * x)


def use(tx):
    return tx.grad(f, wrt="x")(Net(np.ones(3)), 1.5)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: net or w
