class Level:
    depth = [1.0]

    def __init__(self, x):
        self.x = x

    def __enter__(self):
        Level.depth.append(3.0)

    def __exit__(self, *error):
        Level.depth.pop()


def f(x):
    level = Level(x)
    with level:
        y = x * level.depth[-1] * level.x
    return y

# error
# UnsupportedSyntax: depth stands in the class Level, and a context writes into it
#   File "model.py", line 17, in f
#     17 |         y = x * level.depth[-1] * level.x
#        |                 ^^^^^^^^^^^
#   Read it by its own name: Level.depth.
