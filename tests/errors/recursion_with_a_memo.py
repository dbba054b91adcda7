def f(a, n):
    memo = {}

    def fib(k):
        if k < 2:
            return a * (k + 1)
        if k not in memo:
            memo[k] = fib(k - 1) * fib(k - 2)
        return memo[k]

    return fib(n + 2)


def use(tx):
    return tx.grad(f)(0.7, 2)

# error
# UnsupportedSyntax: fib calls itself and writes into 'memo', which is of the function around it
#   File "model.py", line 11, in f
#     11 |     return fib(n + 2)
#        |            ^^^^^^^^^^
#   Return the value; leave a memo out, or fill it in a loop.
