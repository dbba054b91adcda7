def f(x):
    out = [x, x * x]
    return (out + (x,))[2]

# error
# NotDifferentiable: a list is joined to this, or repeated so
#   File "model.py", line 3, in f
#     3 |     return (out + (x,))[2]
#       |             ^^^^^^^^^^
#   Join lists to lists, and repeat them by a whole number.
