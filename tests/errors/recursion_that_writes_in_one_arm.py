def walk(x, found, again=True):
    if again:
        return note(x, found)
    return len(found)


def note(x, found):
    found.append(x)
    return walk(x, found, len(found) < 3)


def f(x):
    found = []
    for k in range(walk(x, found)):
        x = x * found[k]
    return x

# error
# UnsupportedSyntax: walk writes into its arguments in a way that is not supported
#   File "model.py", line 14, in f
#     14 |     for k in range(walk(x, found)):
#        |                    ^^^^^^^^^^^^^^
#   Let it return the new values.
