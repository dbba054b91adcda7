def f(x, options):
    match options:
        case {"scale": s, **rest}:
            x = x * s
    return x

# error
# UnsupportedSyntax: **rest in a pattern is not supported
#   File "model.py", line 3, in f
#     3 |         case {"scale": s, **rest}:
#       |              ^^^^^^^^^^^^^^^^^^^^
#   Take the items out of the dict one by one.
