class Rate:
    def __init__(self, value):
        self.value = value


DAY, NIGHT = Rate(1.0), Rate(2.0)


def f(x):
    rate = DAY if x > 0 else NIGHT
    rate.value = x
    return DAY.value * x

# error
# AliasError: rate.value = ... writes to a global variable
#   File "model.py", line 11, in f
#     11 |     rate.value = x
#        |     ^^^^^^^^^^^^^^
#   Make an object of the function's own.
