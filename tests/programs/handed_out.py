"""What a method hands out is a part of its object: a write to it shows there.  What a function takes out of its argument likewise."""

import numpy as np

from tests.programs import Case

X = np.array([[2.0, 3.0], [0.5, 1.0]])


class Net:
    def __init__(self, w):
        self.w = w
        self.steps = []

    def get(self):
        return self.w

    def row(self, i):
        return self.w[i]

    def me(self):
        return self

    def history(self):
        return self.steps

    def __call__(self, i):
        return self.w[i]

    def doubled(self, i):
        self.row(i)[0] *= 2

    def put(self, v):
        self.me().w = v

    def first_of(self, other):
        return other[0]


class Ring:
    def __init__(self, n):
        self.cells, self.i = np.zeros(n), 0

    def all(self):
        return self.cells

    def push(self, v):
        cells = self.all()
        cells[self.i] = v
        self.i += 1


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


class State:
    def __init__(self, v):
        self.v = v

    def step(self, a):
        self.v += 0.1 * a


def arrays_updated_by_methods(x):
    state = State(np.zeros((2, 2)))
    state.step(x)
    state.step(x * x)
    other = state
    other.v *= x
    return np.sum(state.v**2)


def operators_of_items(a, b):
    return product([Complex(a, b), Complex(b, a * b)]).re


def first(a):
    s = a[0]
    s += 1.0
    return s


def total(a):
    s = a[0]
    for i in range(1, len(a)):
        s += a[i]
    return s


def corner(a):
    s = a[0][1]
    s += a[1][0] * a[0, 1]
    return s


def pushed(x):
    ring = Ring(3)
    for v in x:
        ring.push(v * v)
    return ring.cells.sum() * ring.cells[1]


def written_by_index(x):
    net = Net(x * 1.0)
    net.get()[0] *= x[1, 0]
    return np.sum(net.w * x)


def called(x):
    net = Net(x * 1.0)
    net(0)[0] *= 2
    return np.sum(net.w * x)


def filled(x):
    net = Net(x * x)
    net.get().fill(2.0)
    net.get()[1] = x[0] * x[1]
    return np.sum(net.w * x)


def given_as_out(x):
    net = Net(x * x)
    np.multiply(net.get(), x, out=net.get())
    return np.sum(net.w * x)


def by_a_method_of_the_class(x):
    net = Net(x * x)
    net.doubled(0)
    return np.sum(net.w * x)


def part_of_an_argument(x):
    a, net = x * x, Net(x)
    net.first_of(a)[0] *= 2
    return np.sum(a * x)


def list_handed_out(x):
    net = Net(x)
    net.history().append(x[0, 0] ** 2)
    net.history().append(x[0, 1] * x[0, 0])
    return sum(net.steps)


def itself_handed_out(x):
    net = Net(x)
    net.put(x * x)
    return np.sum(net.w * x)


def items_handed_out(x):
    nets = [Net(x * 1.0), Net(x * 2.0)]
    nets[1].get()[0] *= x[1]
    return np.sum(nets[0].w * nets[1].w)


def view_of_a_row(x):
    net = Net(x * x)
    v = net.row(0).T
    v[0] *= 3.0
    return np.sum(net.w * x)


def of_an_argument(net: Net, x):
    w = net.get()
    w[0] *= x
    return np.sum(net.w * x)


def numbers_of_a_list(x):
    a = list(x[0] * x[1])
    return first(a) * a[0] + a[1]


def numbers_of_an_array(x):
    a = x[0] * x[1]
    return total(a) * a[0] + a[1]


def numbers_of_a_matrix(x):
    a = x * x
    return corner(a) * np.sum(a)


CASES = [
    Case(pushed, (np.array([2.0, 3.0, 0.5]),)),
    Case(written_by_index, (X,)),
    Case(called, (X,)),
    Case(filled, (X,)),
    Case(given_as_out, (X,)),
    Case(by_a_method_of_the_class, (X,)),
    Case(part_of_an_argument, (X,)),
    Case(list_handed_out, (X,)),
    Case(itself_handed_out, (X,)),
    Case(items_handed_out, (X,)),
    Case(view_of_a_row, (X,)),
    Case(of_an_argument, (Net(X), 1.5), (1,)),
    Case(arrays_updated_by_methods, (X,)),
    Case(operators_of_items, (0.7, 1.3), (0, 1)),
    Case(numbers_of_a_list, (X,)),
    Case(numbers_of_an_array, (X,)),
    Case(numbers_of_a_matrix, (X,)),
]
