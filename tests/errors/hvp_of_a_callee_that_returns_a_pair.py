import numpy as np


def both(v):
    return (v, np.sin(v))


def f(x, layer):
    h = x * x
    t = layer(h)
    s = np.sum(t[0] * t[1])
    t[1][0] = s
    return s * np.sum(t[0] * t[1])


def use(tx):
    return tx.jvp(tx.grad(f))(np.array([0.7, 1.3, -0.4]), both, x_dot=np.ones(3))

# error
# AliasError: t is written through a part of what a function returned: that it may be a part of its arguments is not followed
#   File "model.py", line 12, in f
#     12 |     t[1][0] = s
#        |     ^^^^^^^^^^^
#   Write into a copy of the part: part = t[0].copy()
