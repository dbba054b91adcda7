class Soft:
    def __init__(self, v):
        self.v = v

    def __gt__(self, x):
        return self.v * x


def f(x):
    return (x < Soft(3.0)) * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# NotDifferentiable: the class Soft says what a comparison gives, which is computed with
#   File "model.py", line 10, in f
#     10 |     return (x < Soft(3.0)) * x
#        |            ^^^^^^^^^^^^^^^^^^^
#   Call the method by its name, or write the object first.
