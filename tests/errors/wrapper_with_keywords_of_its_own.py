def with_rate(f):
    def wrapper(*args, **words):
        return f(*args, **{"rate": 2.0, **words})

    return wrapper


@with_rate
def f(x, rate=1.0):
    return rate * x * x

# error
# WrtError: wrapper(*args, **words) has no parameters to differentiate with respect to
#   Make what should vary a parameter.
