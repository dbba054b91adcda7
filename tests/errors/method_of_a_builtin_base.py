class Box:
    def __init__(self, x):
        self.x = x

    def words(self):
        return len(super().__str__()) * self.x


def f(x):
    return Box(x).words()


def use(tx):
    return tx.grad(f)(1.0)

# error
# UnsupportedSyntax: super().__str__ is not a function written in Python
#   File "model.py", line 6, in words
#     6 |         return len(super().__str__()) * self.x
#       |                    ^^^^^^^^^^^^^^^^^
#   Call the function by the name of its class.
