def f(x):
    a = x * 1.0
    doubled = [v.__imul__(2.0) for v in [a]]
    return a * doubled[0]


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: the method .__imul__() may change its object in place
#   File "model.py", line 3, in f
#     3 |     doubled = [v.__imul__(2.0) for v in [a]]
#       |                ^^^^^^^^^^^^^^^
#   Write it as the operator that it is.
