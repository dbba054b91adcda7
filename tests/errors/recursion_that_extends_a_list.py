def f(x):
    out = []

    def walk(t):
        if isinstance(t, tuple):
            for c in t:
                walk(c)
        else:
            out.append(t * t)

    walk((x, (2.0 * x, (3.0 * x, x))))
    return sum(out)

# error
# UnsupportedSyntax: walk calls itself and writes into 'out', which is of the function around it
#   File "model.py", line 11, in f
#     11 |     walk((x, (2.0 * x, (3.0 * x, x))))
#        |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Return the value; leave a memo out, or fill it in a loop.
