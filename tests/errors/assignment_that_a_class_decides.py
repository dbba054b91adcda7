class Locked:
    def __init__(self, a):
        self.a = a

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value * 2.0)


def f(x, box: Locked):
    box.a = x * x
    return box.a

# error
# UnsupportedSyntax: the class Locked decides itself what an assignment to .a does
#   File "model.py", line 10, in f
#     10 |     box.a = x * x
#        |     ^^^^^^^^^^^^^
#   Leave out its __setattr__, or return the new value.
