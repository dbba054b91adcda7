import types


def make(scale):
    def g(t):
        if t > 0.0:
            return t * scale
        return t

    return g


tools = types.SimpleNamespace()
box = types.ModuleType("box")
box.g = make(2.0)


def f(x):
    return box.g(x) * x


def use(tx):
    return tx.grad(f)(1.0)

# error
# UnsupportedSyntax: g is a closure that reads 'scale', and cannot be reached by its name
#   File "model.py", line 19, in f
#     19 |     return box.g(x) * x
#        |            ^^^^^^^^
#   Pass that value as an argument.
