def f(x):
    depth = 0

    def power(k):
        nonlocal depth
        depth += 1
        return x * power(k - 1) if k else 1.0

    return power(3) * depth

# error
# UnsupportedSyntax: power calls itself and writes to 'depth', which is of the function around it
#   File "model.py", line 9, in f
#     9 |     return power(3) * depth
#       |            ^^^^^^^^
#   Return the value; leave a memo out, or fill it in a loop.
