RATES = [0.5, 0.7]


class Rates:
    def first(self):
        return RATES[0]


def f(a, rates):
    a[0] = a[0] * 3.0
    return rates.first() * a[0]


def use(tx):
    tx.grad(f)(RATES, Rates())

# error
# AliasError: an argument that is written is a variable of an outer scope that another argument reads, or what is called
#   Pass a copy: x.copy()
