def f(x):
    total = x

    def add(n):
        nonlocal total
        if n > 0:
            total = total * x
            add(n - 1)

    add(2)
    return total

# error
# UnsupportedSyntax: add calls itself and writes to 'total', which is of the function around it
#   File "model.py", line 10, in f
#     10 |     add(2)
#        |     ^^^^^^
#   Return the value; leave a memo out, or fill it in a loop.
