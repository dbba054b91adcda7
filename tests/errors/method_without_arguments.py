class Counter:
    def __init__(self, total):
        self.total = total

    def double(self):
        self.total = self.total * 2.0
        return self


def f(x, counter):
    counter.total = x
    counter.double()
    return counter.total * x


def use(tx):
    return tx.grad(f)(0.7, Counter(1.0))

# error
# UnsupportedSyntax: double writes into its argument 'self', and where it is called it is only known while running
#   File "model.py", line 5, in double
#     5 |     def double(self):
#       |     ^^^^^^^^^^^^^^^^^
#   Let it return the new value.
