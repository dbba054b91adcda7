def f(x):
    return x * SCALE


SCALE = 2.0


def use(tx):
    import types

    from tangentx.api import module_text

    other = types.FunctionType(f.__code__, {"__name__": f.__module__, "SCALE": 3.0})
    return module_text(other, wrt="x")

# error
# ArgumentError: f reads what an import in a file does not lead to: model
#   Give that module, class or function a name of its own: another one is found under its name, or none.
