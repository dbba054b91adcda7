def f(x):
    for g in (lambda t: t * x, lambda t: t + x):
        x = g(x)
        if x > 3.0:
            break
    return x

# error
# UnsupportedSyntax: a loop over local functions is written out: it cannot be left early
#   File "model.py", line 5, in f
#     5 |             break
#       |             ^^^^^
#   Write the calls out.
