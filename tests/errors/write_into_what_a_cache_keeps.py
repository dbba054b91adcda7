import functools


@functools.lru_cache
def table(n):
    return [1.0] * n


def f(x):
    t = table(3)
    t[0] = x
    return sum(t) * x

# error
# AliasError: t[...] = ... writes to what table keeps for its next call
#   File "model.py", line 11, in f
#     11 |     t[0] = x
#        |     ^^^^^^^^
#   Copy it first: t = t.copy()
