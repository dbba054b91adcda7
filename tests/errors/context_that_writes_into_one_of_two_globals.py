DAY = [1.0, 2.0]
NIGHT = [3.0, 4.0]


class Scaled:
    def __init__(self, rates):
        self.rates = rates

    def __enter__(self):
        self.rates[0] = 5.0

    def __exit__(self, *error):
        self.rates[0] = 1.0


def f(x):
    with Scaled(DAY if x > 0 else NIGHT):
        y = x * DAY[0]
    return y * DAY[0]

# error
# AliasError: self.rates[...] = ... writes to a global variable
#   File "model.py", line 10, in __enter__
#     10 |         self.rates[0] = 5.0
#        |         ^^^^^^^^^^^^^^^^^^^
#   Copy it first: self.rates = self.rates.copy()
