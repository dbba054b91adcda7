class Logs:
    def __init__(self, d):
        self.d = d

    def get(self, k):
        return self.d[k] * 2.0


def made(x):
    return Logs({"a": x})


def applied(g, x):
    p = made(x)
    return g(p.get("a"))


def f(x):
    return applied(lambda t: t * t, x)

# error
# UnsupportedSyntax: Logs.get is a method of its own class, and is taken for that of a dict or an array
#   File "model.py", line 15, in applied
#     15 |     return g(p.get("a"))
#        |     ^^^^^^^^^^^^^^^^^^^^
#   Call it by its class: Logs.get(...).
