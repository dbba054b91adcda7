def f(x, n):
    functions = [lambda t, k=k: t * k for k in range(n)]
    return functions[0](x)

# error
# UnsupportedSyntax: how many local functions this makes is not known while transforming
#   File "model.py", line 2, in f
#     2 |     functions = [lambda t, k=k: t * k for k in range(n)]
#       |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Let it run over a range of constants, or a display, without an if.
