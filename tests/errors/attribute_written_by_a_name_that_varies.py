class Model:
    def __init__(self, w):
        for name in ("a", "b"):
            object.__setattr__(self, name, w)


def f(x):
    return Model(x).a * x

# error
# UnsupportedSyntax: object.__setattr__ writes into its argument
#   File "model.py", line 4, in __init__
#     4 |             object.__setattr__(self, name, w)
#       |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Write it by its name: self.w = w.
