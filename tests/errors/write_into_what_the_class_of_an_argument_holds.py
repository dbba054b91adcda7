class Log:
    seen = []


def f(log, x):
    log.seen.append(x)
    return sum(log.seen) * x


def use(tx):
    return tx.grad(f, "x")(Log(), 0.7)

# error
# AliasError: a write to Log.seen, which stands in the class: all of its objects share it
#   Give each object its own in __init__, or make a copy in the function and return it.
