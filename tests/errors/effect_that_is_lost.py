log = []


def note(value):
    log.append(value)


def f(x):
    note(x)
    return x * x

# error
# AliasError: a write into a variable of an outer scope
#   File "model.py", line 5, in note
#     5 |     log.append(value)
#       |     ^^^^^^^^^^^^^^^^^
#   Make a copy in the function and return it.
