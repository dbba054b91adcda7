def scaled(k):
    def apply(g, x):
        return g(x) * k

    return apply


def around(inner):
    def apply(g, x):
        return inner(g, x) + 1.0

    return apply


twice = around(scaled(2.0))


def f(x):
    return twice(lambda t: t * x, x)


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: apply is given a local function, and reads 'k' of its closure
#   File "model.py", line 3, in apply
#     3 |         return g(x) * k
#       |                       ^
#   Pass it to apply as an argument.
