def f(x):
    while (y := x * x) > 1.0:
        x = x / 2
    else:
        x = x * y
    return x
