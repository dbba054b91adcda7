def f(x, options):
    both = {"x": x, **options}
    return both["x"] * x

# error
# UnsupportedSyntax: ** in a dict is not supported yet
#   File "model.py", line 2, in f
#     2 |     both = {"x": x, **options}
#       |            ^^^^^^^^^^^^^^^^^^^
#   Write the items out.
