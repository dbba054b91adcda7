def f(x):
    a = [x, x * x]
    r = reversed(a)
    a.append(x)
    s = 0.0
    for t in r:
        s = s + t * len(a)
    return s

# error
# NotDifferentiable: no derivative is known for reversed
#   File "model.py", line 3, in f
#     3 |     r = reversed(a)
#       |         ^^^^^^^^^^^
#   Declare its derivative (from tangentx import d):
#       @tx.adjoint(reversed)
#       def reversed_rule(y, sequence):
#           d[sequence] = ...  # from d[y]
#   or wrap the value in tx.stop_gradient.
