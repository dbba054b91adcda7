"""A generated module that does not need tangentx: the helpers that it uses are copied into it.

    import numpy as np                              import numpy as np
    from tangentx.runtime import unbroadcast
                                                    def dfdx(x, y):
    def dfdx(x, y):                        ==>          ...
        ...                                             x_bar = unbroadcast(z_bar, x)
        x_bar = unbroadcast(z_bar, x)                   return x_bar
        return x_bar
                                                    # Helpers, copied from tangentx.runtime.
                                                    def unbroadcast(g, like):
                                                        ...

A helper's own helpers, constants and imports come along; where the module already means something else by a name, the
helper takes another one.  Errors of tangentx become the built-in ones that they are kinds of; where a try of the module lets ours pass
(backend/passes), they come along as classes of their own.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator

import numpy as np

from tangentx import errors

__all__ = ["standalone"]

RUNTIME, ERRORS = "tangentx.runtime", "tangentx.errors"
OF_VALUES = frozenset(n for kind in (np.ndarray, float, complex, str, list, tuple, dict) for n in dir(kind) if not n.startswith("__"))
OF_OBJECTS = frozenset({
    "check_objects", "check_real_objects", "check_class", "check_arrays", "check_namesake", "check_answers", "has_field", "known",
    "add_field", "check_field", "check_own_field", "field", "own_like", "put_field", "Counter", "defaultdict", "SimpleNamespace", "MappingProxyType",
})  # fmt: skip
FAMILY = errors.TangentxError.__name__
Edit = tuple[int, int, str]  # from, to (offsets in the text), what to put there


def standalone(text: str, runtime: str, plain: str = "") -> str:
    """``text`` without its import of the runtime.

    ``runtime`` is the source of ``tangentx/runtime/``, its files one after the other, ``plain`` that of what takes the place of some of it where
    no objects of the user's come in.
    """
    tree = ast.parse(text)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == RUNTIME]
    if not imports:
        return text
    wanted = {alias.name: alias.asname or alias.name for node in imports for alias in node.names}
    if not _knows_objects(tree, wanted):
        runtime += "\n" + plain
    passed = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == ERRORS]
    definitions = _definitions(ast.parse(runtime))
    needed = _needed(list(wanted), definitions)
    own = _edited(text, [_whole_line(text, node) for node in (*imports, *passed)])
    raised = {n: _builtin(n) for n in needed if isinstance(stmt := definitions[n], ast.ImportFrom) and stmt.module == ERRORS}
    header, names = _header(own, [definitions[n] for n in needed if _is_import(definitions[n]) and n not in raised])
    names |= raised
    taken = _bound(ast.parse(own)) | set(names.values())
    classes = _classes(passed[0].names[0], raised, names, taken) if passed else []
    for name in needed:
        if not _is_import(definitions[name]):
            names[name] = wanted.get(name) or _fresh(name, taken)
            taken.add(names[name])
    helpers = classes + [_renamed(runtime, definitions[name], names) for name in needed if not _is_import(definitions[name])]
    return _with_header(own, header) + "\n\n# Helpers, copied from tangentx.runtime.\n\n\n" + "\n\n\n".join(helpers) + "\n"


def _knows_objects(tree: ast.Module, wanted: Iterable[str]) -> bool:
    """Whether a module asks for attributes that numbers, arrays, lists and dicts have not, or writes some, makes a dict of another kind, or checks
    classes.
    """
    modules = {name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for name in _binds(node)}
    asked = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _root(node) not in modules]
    words = {getattr(node, "id", getattr(node, "attr", getattr(node, "arg", ""))) for node in ast.walk(tree)}
    return not OF_OBJECTS.isdisjoint({*wanted, *words}) or any(node.attr not in OF_VALUES or isinstance(node.ctx, ast.Store) for node in asked)


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _classes(family: ast.alias, raised: dict[str, str], names: dict[str, str], taken: set[str]) -> list[str]:
    """Our errors as classes: those that helpers raise (``raised``: what each is a kind of), and the family that a try lets pass."""
    names[FAMILY] = family.asname or FAMILY
    made = [f'class {names[FAMILY]}(Exception):\n    """What a check of the derivative raises; no handler of the function is meant for it."""']
    for name, kind in raised.items():
        names[name] = _fresh(name, taken)
        taken.add(names[name])
        made.append(f'class {names[name]}({names[FAMILY]}, {kind}):\n    """A {kind} of such a check."""')
    return made


def _definitions(tree: ast.Module) -> dict[str, ast.stmt]:
    """The statement that binds each name of a module."""
    found: dict[str, ast.stmt] = {}
    for stmt in tree.body:
        if not (isinstance(stmt, ast.ImportFrom) and (stmt.module or "").startswith(RUNTIME)):  # one room's import from another
            found |= dict.fromkeys(_binds(stmt), stmt)
    return found


def _binds(stmt: ast.stmt) -> Iterator[str]:
    if isinstance(stmt, ast.FunctionDef | ast.ClassDef):
        yield stmt.name
    elif isinstance(stmt, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).partition(".")[0] for alias in stmt.names)
    elif isinstance(stmt, ast.Assign | ast.AnnAssign):
        targets = stmt.targets if isinstance(stmt, ast.Assign) else [stmt.target]
        yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def _needed(wanted: list[str], definitions: dict[str, ast.stmt]) -> list[str]:
    """The names wanted and all that they lead to, in the order of the runtime's file."""
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in found and name in definitions:
            found.add(name)
            wanted += [node.id for node in ast.walk(definitions[name]) if isinstance(node, ast.Name)]
    return [name for name in definitions if name in found]


def _is_import(stmt: ast.stmt) -> bool:
    return isinstance(stmt, ast.Import | ast.ImportFrom)


def _header(text: str, imports: list[ast.stmt]) -> tuple[list[str], dict[str, str]]:
    """The import lines that the helpers need and the module does not have, and how their names are called here."""
    tree = ast.parse(text)
    present, taken = {line for stmt in tree.body for line in _import_lines(stmt)}, _bound(tree)
    header: list[str] = []
    names: dict[str, str] = {}
    for stmt in imports:
        for line in _import_lines(stmt):
            name = line.split()[-1]
            if line in present or line in header:
                continue
            if name in taken:
                names[name] = _fresh(name, taken)
                line = f"{line.rpartition(' as ')[0] if ' as ' in line else line} as {names[name]}"
            taken.add(line.split()[-1])
            header.append(line)
    return header, names


def _builtin(name: str) -> str:
    """The built-in exception that an error of ours is a kind of."""
    return next(base.__name__ for base in getattr(errors, name).__mro__ if base.__module__ == "builtins")


def _import_lines(stmt: ast.stmt) -> Iterator[str]:
    """An import statement as one line for each name."""
    if isinstance(stmt, ast.Import | ast.ImportFrom):
        start = "import" if isinstance(stmt, ast.Import) else f"from {stmt.module} import"
        for alias in stmt.names:
            yield f"{start} {alias.name}" + (f" as {alias.asname}" if alias.asname else "")


def _bound(tree: ast.Module) -> set[str]:
    """Every name that the module binds or reads anywhere."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return names | {name for node in ast.walk(tree) if isinstance(node, ast.stmt) for name in _binds(node)}


def _fresh(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name}_{count}" for count in range(1, len(taken) + 2) if f"{name}_{count}" not in taken)


def _renamed(runtime: str, stmt: ast.stmt, names: dict[str, str]) -> str:
    """The source of a definition, with the names that it takes here."""
    first = min([stmt.lineno, *(node.lineno for node in getattr(stmt, "decorator_list", []))])
    lines = runtime.splitlines(keepends=True)
    source = "".join(lines[first - 1 : stmt.end_lineno]).rstrip("\n")
    edits: list[Edit] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and names.get(node.id, node.id) != node.id:
            start = _offset(source, node.lineno, node.col_offset)
            edits.append((start, start + len(node.id), names[node.id]))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and hasattr(errors, node.func.id):
            edits += _one_message(source, node)
        elif isinstance(node, ast.FunctionDef) and names.get(node.name, node.name) != node.name:
            start = source.index(node.name, _offset(source, node.lineno, node.col_offset + len("def")))
            edits.append((start, start + len(node.name), names[node.name]))
    return _edited(source, edits)


def _one_message(source: str, call: ast.Call) -> list[Edit]:
    """``Error(reason, None, hint)`` as the built-in errors are raised: ``Error(reason + ". " + hint)``."""
    if len(call.args) < 2:
        return []
    (start, end), *others = [
        (_offset(source, a.lineno, a.col_offset), _offset(source, a.end_lineno or a.lineno, a.end_col_offset or 0)) for a in call.args
    ]
    if len(others) == 1:
        return [(end, others[0][1], "")]
    first, last = others[1]
    literals = isinstance(call.args[0], ast.Constant | ast.JoinedStr) and isinstance(call.args[2], ast.Constant)
    if literals and "{" not in str(call.args[2].value) and source[end - 1] == source[first]:  # type: ignore[attr-defined]
        return [(end - 1, first + 1, ". ")]  # two literals of the same quotes are one
    whole = isinstance(call.args[2], ast.Constant | ast.JoinedStr | ast.Name)
    return [(end, first, ' + ". " + ' + "(" * (not whole)), (last, last, ")" * (not whole))]


def _offset(text: str, line: int, column: int) -> int:
    """The place in the text; ``ast`` counts columns in bytes."""
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())


def _whole_line(text: str, node: ast.stmt) -> Edit:
    """Deletes the lines of a statement, and the blank lines before it where blank lines follow."""
    lines = text.splitlines(keepends=True)
    first, last = node.lineno - 1, node.end_lineno or node.lineno
    while first and not lines[first - 1].strip() and not "".join(lines[last : last + 1]).strip():
        first -= 1
    return len("".join(lines[:first])), len("".join(lines[:last])), ""


def _edited(text: str, edits: list[Edit]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _with_header(text: str, header: list[str]) -> str:
    """The module with more imports: those of Python itself before its own, the others behind them."""
    body = ast.parse(text).body
    first = next((k for k, stmt in enumerate(body) if not _is_preamble(stmt)), len(body))
    imports = [stmt for stmt in body[first:] if _is_import(stmt)]
    start = body[first].lineno - 1 if first < len(body) and body[first] in imports else (body[first - 1].end_lineno or 0 if first else 0)
    end = imports[-1].end_lineno or 0 if imports else start
    standard = sorted((line for line in header if _is_standard(line)), key=lambda line: (line.startswith("from"), line))
    others = [line for line in header if not _is_standard(line)]
    lines = text.splitlines()
    own = lines[start:end]
    joined = bool(own) and _is_standard(own[0])
    groups = [[*standard, *own, *others]] if joined else [standard, [*own, *others]]
    new = "\n\n".join("\n".join(group) for group in groups if group)
    before, after = "\n".join(lines[:start]).rstrip("\n"), "\n".join(lines[end:]).strip("\n")
    return (before + "\n\n" if before else "") + (new + "\n\n\n" if new else "") + after + "\n"


def _is_preamble(stmt: ast.stmt) -> bool:
    """A docstring, or an import that has to come first."""
    future = isinstance(stmt, ast.ImportFrom) and stmt.module == "__future__"
    return future or isinstance(stmt, ast.Expr) and isinstance(stmt.value, ast.Constant)


def _is_standard(line: str) -> bool:
    return line.startswith(("import ", "from ")) and line.split()[1].partition(".")[0] in sys.stdlib_module_names
