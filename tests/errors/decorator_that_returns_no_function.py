def f(x):
    def value(g):
        return g(x)

    @value
    def square(t):
        return t * t

    return square * x

# error
# UnsupportedSyntax: this decorator may change what the local function does
#   File "model.py", line 5, in f
#     5 |     @value
#       |      ^^^^^
#   Define the function outside, or call it undecorated.
