def f(d):
    for k in d:
        d[k] = d[k] * 2.0
    for key in d:
        key.read = True
    return d["a"]
