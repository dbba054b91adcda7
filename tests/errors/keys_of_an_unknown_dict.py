def interpolated(curve, t):
    times = sorted(curve)
    for a, b in zip(times, times[1:]):
        if a <= t <= b:
            w = (t - a) / (b - a)
            return (1.0 - w) * curve[a] + w * curve[b]


def use(tx):
    return tx.grad(interpolated)({0.0: 1.1, 1.0: 0.9, 2.0: 0.7}, 1.5)

# error
# ArgumentError: the keys of a dict are gone through, and that it is one is not known when the derivative is made
#   Annotate it: d: dict.
