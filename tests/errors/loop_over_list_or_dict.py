def f(d):
    for k in d:
        d[k] = d[k] * 2.0
    return d["a"]

# error
# UnsupportedSyntax: whether the loop goes over a list or a dict is not known
#   File "model.py", line 2, in f
#     2 |     for k in d:
#       |     ^^^^^^^^^^^
#   Make it before: d = dict(d).
