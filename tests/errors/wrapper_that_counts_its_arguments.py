import functools


def counted(f):
    @functools.wraps(f)
    def wrapper(*args, **words):
        return f(*args, **words) * len(args)

    return wrapper


@counted
def f(x, a=1.0):
    return a * x * x

# error
# WrtError: f(*args, **words) has no parameters to differentiate with respect to
#   Make what should vary a parameter.
