DAY = [1.0, 2.0]
NIGHT = [3.0, 4.0]


def f(x):
    rates = DAY if x > 0 else NIGHT
    rates[0] = x
    return DAY[0] * x

# error
# AliasError: rates[...] = ... writes to a global variable
#   File "model.py", line 7, in f
#     7 |     rates[0] = x
#       |     ^^^^^^^^^^^^
#   Copy it first: rates = rates.copy()
