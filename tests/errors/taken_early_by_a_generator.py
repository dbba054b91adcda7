def f(x):
    weights, t = [2.0, 3.0], 0.0
    for v in (weights[i] * a for a in [x, x * x] for i in range(2)):
        weights[0] = v
        t += v * v
    return t


def use(tx):
    tx.grad(f)(1.2)

# error
# AliasError: 'weights' is written while something goes through it step by step, or before that
#   File "model.py", line 3, in f
#     3 |     for v in (weights[i] * a for a in [x, x * x] for i in range(2)):
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Take all of it at once, where it is made: list(...).
