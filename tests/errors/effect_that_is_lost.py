log = []


def note(value):
    log.append(value)


def f(x):
    note(x)
    return x * x

# error
# UnsupportedSyntax: the method 'append' changes its object in place
#   File "model.py", line 5, in note
#     5 |     log.append(value)
#       |     ^^^^^^^^^^^^^^^^^
#   Build a new value, or write into an array by index.
