def make():
    def f(x):
        return x * later

    if f is None:
        later = 2.0
    return f


f = make()

# error
# UnsupportedSyntax: the closure variable 'later' has no value yet
#   File "model.py", line 3, in f
#     3 |         return x * later
#       |                    ^^^^^
#   Give it one first.
