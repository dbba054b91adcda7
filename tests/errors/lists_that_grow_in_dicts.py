def f(x, v):
    d = {"u": [x, v], "w": {"p": [x]}}
    d["u"].append(x * v)
    d["w"]["p"].append(v)
    return sum(d["u"]) * sum(d["w"]["p"])


def use(tx):
    return tx.grad(f, (0, 1))(1.3, 0.7)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: y = x.copy()
