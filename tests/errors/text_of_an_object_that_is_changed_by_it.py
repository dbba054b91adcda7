class Log:
    def __init__(self):
        self.seen = []

    def __str__(self):
        self.seen.append(3.0)
        return "a log"


def f(x):
    log = Log()
    log.seen.append(x)
    text = f"{log}"
    return sum(log.seen) * len(text)


def use(tx):
    tx.grad(f)(2.0)

# error
# UnsupportedSyntax: the class Log writes into something in its __str__, which is not followed
#   File "model.py", line 13, in f
#     13 |     text = f"{log}"
#        |            ^^^^^^^^
#   Give it a method for that, and call it by its name.
