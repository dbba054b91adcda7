import tangentx


def f(x):
    out = [x]

    def square(v):
        out.append(v)
        return v * v

    return tangentx.grad(square)(x) * sum(out)

# error
# UnsupportedSyntax: square writes to 'out', which is of the function around it
#   File "model.py", line 11, in f
#     11 |     return tangentx.grad(square)(x) * sum(out)
#        |            ^^^^^^^^^^^^^^^^^^^^^^^^
#   Return the value: its derivative has no such effect.
