class Doubled:
    def __init__(self, r):
        self.r = r

    def __getattribute__(self, name):
        value = object.__getattribute__(self, name)
        return value * 2.0 if name == "r" else value


def f(p: Doubled):
    return p.r * p.r

# error
# UnsupportedSyntax: Doubled.r is worked out by its __getattribute__, which is not followed
#   File "model.py", line 11, in f
#     11 |     return p.r * p.r
#        |            ^^^
#   Make it a property or a method.
