import scipy.stats


def f(x):
    return scipy.stats.norm(0.0, 2.0).logpdf(x)


def use(tx):
    tx.grad(f)(0.3)

# error
# NotDifferentiable: rv_continuous_frozen has no derivative: a frozen distribution is an object that keeps its parameters
#   Give the parameters to the method: stats.norm.logpdf(x, loc, scale).
