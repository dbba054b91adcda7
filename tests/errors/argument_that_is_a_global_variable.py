RATES = [0.5, 0.7]


def f(a):
    a[0] = a[0] * 3.0
    return RATES[0] * a[0]


def use(tx):
    tx.grad(f)(RATES)

# error
# AliasError: an argument that is written is read as a variable of an outer scope, too
#   Pass a copy: x.copy()
