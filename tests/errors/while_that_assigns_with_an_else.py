def f(x):
    while (y := x * x) > 1.0:
        x = x / 2
    else:
        x = x * y
    return x

# error
# UnsupportedSyntax: a while that assigns in its test and has an else is not supported
#   File "model.py", line 2, in f
#     2 |     while (y := x * x) > 1.0:
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^
#   Assign before the loop, and at the end of its body.
