from collections import deque


def moved(window, x):
    window.append(x)
    return window[0] * x


def use(tx):
    return tx.grad(moved, "x")(deque([1.0, 2.0], maxlen=2), 3.0)

# error
# NotDifferentiable: a deque with a limit is copied
#   Make it in the function: deque(items, maxlen=n).
