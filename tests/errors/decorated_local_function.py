def f(x):
    def twice(g):
        return lambda t: 2.0 * g(t)

    @twice
    def square(t):
        return t * t

    return square(x)

# error
# UnsupportedSyntax: this decorator may change what the local function does
#   File "model.py", line 5, in f
#     5 |     @twice
#       |      ^^^^^
#   Define the function outside, or call it undecorated.
