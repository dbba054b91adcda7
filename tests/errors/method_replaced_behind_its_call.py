class Rule:
    def __init__(self, w):
        self.w = w

    def step(self, t):
        return t * self.w


def cube(t):
    return t**3


def replaced(rule):
    rule.step = cube
    return rule


def f(x):
    rule = Rule(x)
    rule.w = rule.w * 2.0
    before = rule.step(x)
    return replaced(rule).step(x) * before


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: Rule.step is replaced in an object by another function than the one that calls it
#   File "model.py", line 14, in replaced
#     14 |     rule.step = cube
#        |     ^^^^^^^^^^^^^^^^
#   Keep the function that is called in an attribute of another name.
