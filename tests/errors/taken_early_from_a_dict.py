import itertools


def f(x):
    state, t = {"buf": [x, x * x, x**3]}, 0.0
    buf = state["buf"]
    for a, b in itertools.pairwise(state["buf"]):
        buf[2] = a * b
        t += a * b
    return t


def use(tx):
    tx.grad(f)(1.2)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: part or buf
