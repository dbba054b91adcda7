import linecache


def use(tx):
    source = "def deep(x, n):\n    return " + " else ".join(f"x * {k} if n == {k}" for k in range(110)) + " else x\n"
    linecache.cache["deep.py"] = len(source), None, source.splitlines(True), "deep.py"
    scope = {}
    exec(compile(source, "deep.py", "exec"), scope)
    tx.grad(scope["deep"])(2.0, 3)

# error
# UnsupportedSyntax: deep, or what it calls, is nested deeper than Python's stack or its indentation goes
#   File "deep.py", line 1, in deep
#   Write many terms or cases as a loop or a table, or let the stack go deeper: sys.setrecursionlimit(20000).
