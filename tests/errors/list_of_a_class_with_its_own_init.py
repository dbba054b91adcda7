class Numbered(list):
    def __init__(self):
        self.number = 1.0


def f(x):
    s = Numbered()
    s.append(x)
    return s[0] * x * s.number

# error
# UnsupportedSyntax: the class Numbered is a list with its own __init__, and is written by 'append'
#   File "model.py", line 8, in f
#     8 |     s.append(x)
#       |     ^^^^^^^^^^^
#   Use a plain list, or keep one in an attribute.
