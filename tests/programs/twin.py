"""A function whose name another module of the corpus has, too."""


def norm(x):
    return abs(x) + 0.5 * x
