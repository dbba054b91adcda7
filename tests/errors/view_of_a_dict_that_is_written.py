class Model:
    p = {"w": 1.0, "b": 2.0}


def f(x, m):
    ps = m.p.values()
    m.p["w"] = x
    return sum(ps) * x


def use(tx):
    m = Model()
    m.p = {"w": 1.0, "b": 2.0}
    tx.grad(f)(1.2, m)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: ps or m_p
