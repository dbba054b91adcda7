import numpy as np


def logged(function):
    def wrapper(*args, **options):
        return function(*args, **options)

    return wrapper


@logged
def fill(y, value):
    y[0] = value


def f(x):
    y = np.zeros(3)
    fill(y, value=x)
    return np.sum(y * y)

# error
# UnsupportedSyntax: wrapper writes into its arguments, and reads 'function' of the function around it
#   File "model.py", line 18, in f
#     18 |     fill(y, value=x)
#        |     ^^^^^^^^^^^^^^^^
#   Pass that as an argument.
