def f(x):
    values = [x, x * x]
    values.extend(values)
    return values[3] * x

# error
# AliasError: a list is extended by itself
#   File "model.py", line 3, in f
#     3 |     values.extend(values)
#       |     ^^^^^^^^^^^^^^^^^^^^^
#   Append items of range(len(values)) one by one.
