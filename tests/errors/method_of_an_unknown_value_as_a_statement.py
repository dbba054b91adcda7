def f(x, store):
    store.keep(x * x)
    return x * x

# error
# UnsupportedSyntax: the method .keep() writes into something that is not its own
#   File "model.py", line 2, in f
#     2 |     store.keep(x * x)
#       |     ^^^^^^^^^^^^^^^^^
#   Annotate store with its class, or return the new value.
