class AtLeastOne:
    def __set__(self, owner, v):
        owner.__dict__["radius"] = max(v, 1.0)


class Circle:
    radius = AtLeastOne()


def f(x):
    circle = Circle()
    circle.radius = x * x
    return circle.radius * 3.0


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: Circle.radius is kept by a AtLeastOne, which is not followed
#   File "model.py", line 12, in f
#     12 |     circle.radius = x * x
#        |     ^^^^^^^^^^^^^^^^^^^^^
#   Make it a property with a setter.
