import scipy.special


def f(x):
    return scipy.special.legendre(3)(x)


def use(tx):
    tx.grad(f)(0.3)

# error
# NotDifferentiable: orthopoly1d has no derivative: an orthogonal polynomial that is made for its degree is an object
#   Use np.polynomial.legendre.legval(x, [0, 0, 0, 1]), or that of its family.
