class Tripled:
    def __call__(self, called):
        return 3.0 * called


def f(x, g):
    return g(called=x)


def use(tx):
    return tx.grad(f)(0.5, Tripled())

# error
# NotDifferentiable: a function that is only known while running is given a keyword 'called', which is a name of ours there
#   Give it by position.
