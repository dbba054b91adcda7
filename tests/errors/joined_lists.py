def f(x):
    out = []
    for i in range(3):
        out = out + [x * i]
    return out[1] * out[2]

# error
# NotDifferentiable: joining or repeating a list has no derivative yet
#   File "model.py", line 4, in f
#     4 |         out = out + [x * i]
#       |               ^^^^^^^^^^^^^
#   Write into an array by index, or use np.array and np.concatenate.
