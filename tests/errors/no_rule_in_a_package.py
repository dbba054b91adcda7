from tests.packaged import packed


def f(x):
    return packed(x) * 2.0

# error
# NotDifferentiable: no derivative is known for packed: no derivative is known for np.packbits (packaged.py, line 14)
#   File "model.py", line 5, in f
#     5 |     return packed(x) * 2.0
#       |            ^^^^^^^^^
#   Declare its derivative (from tangentx import d):
#       @tx.adjoint(packed)
#       def packed_rule(y, x):
#           d[x] = ...  # from d[y]
#   or wrap the value in tx.stop_gradient.
