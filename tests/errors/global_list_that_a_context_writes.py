GAINS = [1.0, 2.0]


class Doubled:
    def __enter__(self):
        GAINS[0] = 2.0

    def __exit__(self, *error):
        GAINS[0] = 1.0


def f(x):
    gains = [x, GAINS]
    with Doubled():
        y = x * gains[1][0]
    return y * gains[1][0]

# error
# UnsupportedSyntax: GAINS gets another name here, and a context writes to it
#   File "model.py", line 13, in f
#     13 |     gains = [x, GAINS]
#        |             ^^^^^^^^^^
#   Read it by its own name, or make a copy.
