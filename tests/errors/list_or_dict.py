def f(params, key):
    weight = params.pop(key)
    return weight * weight

# error
# UnsupportedSyntax: whether this is a list or a dict is not known
#   File "model.py", line 2, in f
#     2 |     weight = params.pop(key)
#       |              ^^^^^^^^^^^^^^^
#   Make it in the function: list(...) or dict(...).
