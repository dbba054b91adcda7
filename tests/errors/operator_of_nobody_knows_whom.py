class Complex:
    def __init__(self, re, im):
        self.re, self.im = re, im

    def __mul__(self, o):
        return Complex(self.re * o.re - self.im * o.im, self.re * o.im + self.im * o.re)


def product(items):
    total = items[-1]
    for item in items[:-1]:
        total = total * item
    return total


def f(a, b):
    return product([Complex(a, b), Complex(b, a)]).re


def use(tx):
    return tx.grad(f)(2.0, 3.0)

# error
# ArgumentError: the class Complex, which has its own __mul__, is not known when the derivative is made
#   Annotate the parameter with its class: Complex.
