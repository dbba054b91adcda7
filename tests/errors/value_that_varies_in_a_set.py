def f(xs):
    seen = set()
    for x in xs:
        seen.add(x * 2.0)
    return sum(seen)


def use(tx):
    return tx.grad(f)

# error
# UnsupportedSyntax: a value that varies is put into a set
#   File "model.py", line 4, in f
#     4 |         seen.add(x * 2.0)
#       |         ^^^^^^^^^^^^^^^^^
#   Put tangentx.stop_gradient(value) there, or use a list.
