class State:
    def __init__(self, x):
        self.x = x


def work(s, x):
    s.x = s.x * 3
    if x > 1:
        raise ValueError
    return s.x


def f(x):
    s = State(x * x)
    try:
        y = work(s, x)
    except ValueError:
        y = x
    return s.x + y

# error
# UnsupportedSyntax: self is written here, in a try that may fail after that, and read behind it
#   File "model.py", line 7, in work
#     7 |     s.x = s.x * 3
#       |     ^^^^^^^^^^^^^
#   Let it write to a copy, or catch the exception where nothing is written yet.
