import linecache


def use(tx):
    source = "def deep(x):\n    return " + " + ".join(["x"] * 900) + "\n"
    linecache.cache["deep.py"] = len(source), None, source.splitlines(True), "deep.py"
    scope = {}
    exec(compile(source, "deep.py", "exec"), scope)
    tx.grad(scope["deep"])(2.0)

# error
# UnsupportedSyntax: deep, or what it calls, is nested deeper than Python's stack goes
#   File "deep.py", line 1, in deep
#   Write sums of many terms as loops, or let it go deeper: sys.setrecursionlimit(10000).
