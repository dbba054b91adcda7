from contextlib import contextmanager


def square(x):
    return x * x


def cube(x):
    return x**3


act = square


@contextmanager
def cubed():
    global act
    before, act = act, cube
    try:
        yield
    finally:
        act = before


def f(x):
    with cubed():
        y = act(x)
    return y + act(x)

# error
# UnsupportedSyntax: act is a function that a context puts another one in place of
#   File "model.py", line 27, in f
#     27 |         y = act(x)
#        |             ^^^^^^
#   Pass the function that is meant.
