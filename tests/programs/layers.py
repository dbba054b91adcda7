"""Layers in a list, each of a class of its own: some return what they are given, or a view of it, and some are trained in the same loop."""

import numpy as np

from tests.programs import Case

W1 = np.array([[0.3, -0.2, 0.5], [0.1, 0.4, -0.6], [0.7, 0.2, 0.1], [-0.3, 0.5, 0.2]])
W2 = np.array([[0.6, -0.1], [0.2, 0.3], [-0.5, 0.4]])
IMAGES = np.array([[[0.5, -0.2], [0.1, 0.9]], [[0.3, 0.8], [-0.7, 0.4]], [[0.2, 0.6], [1.1, -0.3]]])
X = np.array([0.7, -1.3, 2.1])


class Dense:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def __call__(self, x):
        return np.tanh(x @ self.w + self.b)


class Dropout:
    def __init__(self, training=False):
        self.training = training

    def __call__(self, x):
        if not self.training:
            return x
        return x * np.linspace(0.5, 1.5, x.shape[1])


class Flatten:
    def __call__(self, x):
        return x.reshape(len(x), -1)


class Identity:
    def __call__(self, x):
        return x


class Residual:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, x):
        return x + self.inner(x)


class Net:
    def __init__(self, layers):
        self.layers = layers
        self.training = True

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def set_up(self, training):
        for layer in self.layers:
            layer.training = training


class Square:
    def __call__(self, x):
        return x**2


class Tail:
    def __call__(self, x):
        return x[1:]


class Own:
    """Returns what it is given, or what it has written itself."""

    def __init__(self, given):
        self.given = given

    def __call__(self, x):
        v = x.copy()
        v[0] = v[1] * v[2]
        return x if self.given else v


def layers_made_of_arguments(w1, w2, x):
    layers = [Flatten(), Dense(w1, np.zeros(3)), Dropout(), Identity(), Dense(w2, np.zeros(2))]
    for layer in layers:
        x = layer(x)
    return np.sum(x**2)


def net_with_residuals(w1, w2, x):
    net = Net([Flatten(), Dense(w1, 0.1), Residual(Dropout()), Residual(Identity()), Dense(w2, 0.2), Dropout(True)])
    return np.sum(net(x) ** 2)


def net_in_evaluation(w1, w2, x):
    net = Net([Dropout(), Flatten(), Dense(w1, 0.1), Dropout(), Dense(w2, 0.2)])
    net.layers[0].training = net.layers[3].training = False
    return np.sum(net(x) ** 2)


def trained_in_the_loop(w1, w2, x):
    w, total = w1, 0.0
    for _ in range(2):
        y = x
        for layer in [Flatten(), Dropout(), Dense(w, 0.1), Identity(), Dense(w2, 0.2)]:
            y = layer(y)
        total = total + np.sum(y**2)
        w = w * 0.9
        w[0] = w[1] * total
    return total


def saved_and_written_behind(x, layers):
    y, total = x.copy(), 0.0
    for layer in layers:
        total = total + np.sum(layer(y))
        y[0] = y[0] * y[1]
    return total + np.sum(y)


def written_after_each_layer(x, layers):
    y = x * 1.0
    for layer in layers:
        y = layer(y)
        y[1] = 5.0 * x[0] * y[0]
    return np.sum(y * y)


def result_written_that_is_new(x, layers):
    y, total = x * 1.0, 0.0
    for layer in layers:
        z = layer(y) * x[0]
        z[0] = 3.0
        total = total + np.sum(z**2)
    y[0] = total
    return np.sum(y * y) + total


def squared_at_the_end(v, n):
    if n == 0:
        return v * v
    return squared_at_the_end(v, n - 1)


def returned_at_the_end(v, n):
    if n == 0:
        return v
    return returned_at_the_end(v, n - 1)


def argument_read_behind_the_write(x, layers):
    total = 0.0
    for layer in layers:
        h = x * x
        a = layer(h)
        y = np.sum(a)
        a[0] = x[1]
        total = total + y * np.sum(h) * np.sum(a)
    return total


def result_of_recursion_written(x):
    h = x * x
    a = squared_at_the_end(h, 2)
    y = np.sum(a)
    a[0] = x[1]
    return y * np.sum(h) * np.sum(a)


def returned_by_recursion_and_written(x):
    h = x * x
    for _ in range(2):
        a = returned_at_the_end(h, 2)
        y = np.sum(a)
        a[0] = a[1] * x[1]
        h = a * x + 0.1 * y
    return np.sum(h * h)


CASES = [
    Case(layers_made_of_arguments, (W1, W2, IMAGES), wrt=(0, 1, 2)),
    Case(net_with_residuals, (W1, W2, IMAGES), wrt=(0, 1, 2)),
    Case(net_in_evaluation, (W1, W2, IMAGES), wrt=(0, 1, 2)),
    Case(trained_in_the_loop, (W1, W2, IMAGES), wrt=(0, 1, 2)),
    Case(saved_and_written_behind, (X, [Square(), Identity(), Tail(), Own(True), Own(False)])),
    Case(
        written_after_each_layer,
        (X, [Identity(), Square(), Own(True), Own(False), Tail()]),
        second="an item is written that another item of its container shows, too",
    ),
    Case(result_written_that_is_new, (X, [Square(), Identity(), Own(True)])),
    Case(argument_read_behind_the_write, (X, [Square(), Square()]), second="a value is read after it was written"),
    Case(result_of_recursion_written, (X,), second="a value is read after it was written"),
    Case(returned_by_recursion_and_written, (X,)),
]
