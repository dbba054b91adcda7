def f(x):
    import no_such_module

    return no_such_module.g(x)

# error
# UnsupportedSyntax: this import fails: No module named 'no_such_module'
#   File "model.py", line 2, in f
#     2 |     import no_such_module
#       |     ^^^^^^^^^^^^^^^^^^^^^
#   Install it, or leave it out.
