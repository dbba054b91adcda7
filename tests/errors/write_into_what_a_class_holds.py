class Run:
    seen = []

    def __init__(self, v):
        self.v = v
        self.seen.append(v)


def f(x):
    return Run(x).v * x

# error
# AliasError: a write to Run.seen, which stands in the class: all of its objects share it
#   File "model.py", line 6, in __init__
#     6 |         self.seen.append(v)
#       |         ^^^^^^^^^^^^^^^^^^^
#   Give each object its own in __init__, or make a copy in the function and return it.
