import numpy as np


def read(o):
    for k in range(3):
        yield o["w"] * o["bufs"][-1][0]


def f(x):
    o, buf, t = {"w": x[0], "bufs": []}, [x[1]], 0.0
    o["bufs"].append(buf)
    for v in read(o):
        buf[0] = 0.5 * v
        t += v
    return t


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: a generator is not taken at once, where it is called
#   File "model.py", line 12, in f
#     12 |     for v in read(o):
#        |              ^^^^^^^
#   Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x)).
