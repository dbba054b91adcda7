def f(x, lock):
    with lock:
        y = x * x
    return y

# error
# UnsupportedSyntax: what this context does with exceptions is not known
#   File "model.py", line 2, in f
#     2 |     with lock:
#       |          ^^^^
#   Use try and except, or enter it outside of the function.
