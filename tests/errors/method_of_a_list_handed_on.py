def f(x):
    out = []
    push = out.append
    push(x)
    push(x * x)
    return out[0] * out[1]


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: the method .append is handed on as a function
#   File "model.py", line 3, in f
#     3 |     push = out.append
#       |            ^^^^^^^^^^
#   Write a function that calls it.
