class Complex:
    def __init__(self, re, im):
        self.re, self.im = re, im

    def __mul__(self, o):
        return Complex(self.re * o.re - self.im * o.im, self.re * o.im + self.im * o.re)


def product(factors):
    return factors["left"] * factors["right"]


def f(a, b):
    return product({"left": Complex(a, b), "right": Complex(b, a)}).im


def use(tx):
    return tx.grad(f)(2.0, 3.0)

# error
# ArgumentError: the class Complex, which has its own __mul__, is not known when the derivative is made
#   Annotate the parameter with its class: Complex.
