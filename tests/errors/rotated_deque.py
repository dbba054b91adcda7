from collections import deque


def turned(x):
    ring = deque([x, x * x, 1.0])
    ring.rotate(1)
    return ring[0] * ring[1]


def use(tx):
    return tx.grad(turned)

# error
# UnsupportedSyntax: the method 'rotate' of a deque changes its object in place
#   File "model.py", line 6, in turned
#     6 |     ring.rotate(1)
#       |     ^^^^^^^^^^^^^^
#   Use a list or a dict, or build a new value.
