def f(x):
    return abs(x**0.5)


def use(tx):
    tx.grad(f)(-2.0)

# error
# NotDifferentiable: -2.0 ** 0.5 is complex, and what depends on it is taken for real
#   Write np.power(x, y), which is nan there, or (x + 0j) ** y.
