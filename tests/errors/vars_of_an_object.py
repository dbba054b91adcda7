class Layer:
    def __init__(self, w):
        self.w = w


def f(layer: Layer):
    return vars(layer)["w"] ** 2


def use(tx):
    return tx.grad(f)(Layer(2.0))

# error
# UnsupportedSyntax: vars hands out the attributes of an object as a dict, which is not followed
#   File "model.py", line 7, in f
#     7 |     return vars(layer)["w"] ** 2
#       |            ^^^^^^^^^^^
#   Read them by their names: layer.w.
