class Bond:
    def __init__(self, coupon):
        self.coupon = coupon

    def flows(self):
        for k in range(3):
            yield k * self.coupon


def f(x):
    bond, total = Bond(x), 0.0
    for c in bond.flows():
        total += c
        bond.coupon = bond.coupon * 2
    return total


def use(tx):
    return tx.grad(f)(1.3)

# error
# UnsupportedSyntax: a generator is not taken at once, where it is called
#   File "model.py", line 12, in f
#     12 |     for c in bond.flows():
#        |              ^^^^^^^^^^^^
#   Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x)).
