def expression(tokens, env):
    value = factor(tokens, env)
    while tokens and tokens[0] == "*":
        tokens.pop(0)
        value = value * factor(tokens, env)
    return value


def factor(tokens, env):
    token = tokens.pop(0)
    if token == "(":
        value = expression(tokens, env)
        tokens.pop(0)
        return value
    return env[token]


def f(x):
    return expression(["x", "*", "(", "y", "*", "x", ")"], {"x": x, "y": 0.5})

# error
# UnsupportedSyntax: factor calls itself and writes into its arguments
#   File "model.py", line 2, in expression
#     2 |     value = factor(tokens, env)
#       |             ^^^^^^^^^^^^^^^^^^^
#   Let it return the new values.
