class Budget:
    def __init__(self, left):
        self.left = left

    def __bool__(self):
        self.left -= 1.0
        return self.left > 0.0


def f(budget: Budget, x):
    while budget:
        x = x * budget.left
    return x


def use(tx):
    return tx.grad(f, "x")(Budget(2.0), 1.5)

# error
# UnsupportedSyntax: the class Budget writes into something in its __bool__, which is not followed
#   File "model.py", line 11, in f
#     11 |     while budget:
#        |     ^^^^^^^^^^^^^
#   Give it a method for that, and call it by its name.
