def f(x):
    a = [x, x * x]
    r = reversed(a)
    a.append(x)
    s = 0.0
    for t in r:
        s = s + t * len(a)
    return s


# error
# UnsupportedSyntax: what reversed gives reads later what it is made of, and that is written before
#   File "model.py", line 3, in f
#     3 |     r = reversed(a)
#       |         ^^^^^^^^^^^
#   Call reversed behind the write, or take its values before: list(...).
