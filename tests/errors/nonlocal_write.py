def make():
    calls = 0

    def f(x):
        nonlocal calls
        calls += 1
        return x * x

    return f


f = make()

# error
# UnsupportedSyntax: writing to a variable outside of the function is not supported
#   File "model.py", line 5, in f
#     5 |         nonlocal calls
#       |         ^^^^^^^^^^^^^^
#   Return the value instead.
