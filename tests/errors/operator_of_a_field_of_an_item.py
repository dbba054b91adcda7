class Affine:
    def __init__(self, v):
        self.v = v

    def __mul__(self, other):
        return Affine(self.v * other + 1.0)


class Wide(Affine):
    pass


class Body:
    def __init__(self, m, p):
        self.m = m
        self.p = p


def f(m):
    t = 0.0
    for b in [Body(m, Affine(m)), Body(m * m, Wide(1.0))]:
        t += (b.p * b.m).v
    return t


def use(tx):
    tx.jvp(f)(0.7, m_dot=1.0)

# error
# ArgumentError: the class Affine, which has its own __mul__, is not known when the derivative is made
#   Annotate the parameter with its class: Affine.
