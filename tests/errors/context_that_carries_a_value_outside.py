class Flags:
    level = 1.0


FLAGS = Flags()


class Level:
    def __init__(self, v):
        self.v = v

    def __enter__(self):
        self.old = FLAGS.level
        FLAGS.level = self.v

    def __exit__(self, *error):
        FLAGS.level = self.old


def f(x):
    with Level(x):
        return x * FLAGS.level

# error
# UnsupportedSyntax: the context Level may put what depends on the inputs into a variable outside of the function
#   File "model.py", line 21, in f
#     21 |     with Level(x):
#        |     ^^^^^^^^^^^^^^
#   Pass the value to the functions that read it.
