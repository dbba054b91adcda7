"""``global`` and ``nonlocal``: which of them write into a variable that is not the function's own.

def f(x):
    count = 0                    count is f's own: fine
    def step(t):
        nonlocal count
        count += 1
        return t * t
    global calls
    calls += 1           ==>     the Global statement: calls is written
    return step(x) * count
"""

from __future__ import annotations

from typing import Any

import gast

__all__ = ["bindings", "bound_names", "known_dicts", "nonlocals", "outer_writes", "own_nodes", "root_name", "written_into"]


def outer_writes(function: Any) -> list[Any]:
    """The ``global`` and ``nonlocal`` statements whose names are written and live outside of the function."""
    if isinstance(function, gast.Lambda):
        return []
    found: list[Any] = []
    _visit(function, frozenset(), found)
    return found


def _visit(function: Any, around: frozenset[str], found: list[Any]) -> None:
    nodes = own_nodes(function.body)
    declared = [n for n in nodes if isinstance(n, gast.Global | gast.Nonlocal)]
    written = {n.id for n in nodes if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load)}
    for node in declared:
        if any(name in written and (isinstance(node, gast.Global) or name not in around) for name in node.names):
            found.append(node)
    args = function.args
    own = {a.id for a in (*args.posonlyargs, *args.args, *args.kwonlyargs, *(a for a in (args.vararg, args.kwarg) if a))}
    own |= written - {name for node in declared for name in node.names}
    for node in nodes:
        if isinstance(node, gast.FunctionDef):
            _visit(node, around | own, found)


def nonlocals(body: list[Any]) -> dict[str, None]:
    """The names that a function declares as those of the function around it."""
    return {name: None for n in own_nodes(body) if isinstance(n, gast.Nonlocal) for name in n.names}


def bindings(node: Any) -> list[tuple[str, Any]]:
    """``(name, node)`` wherever a name gets a value, in the functions inside, too: there it may be another variable."""
    found: list[tuple[str, Any]] = []
    for n in gast.walk(node):
        if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load):
            found.append((n.id, n))
        elif isinstance(n, gast.FunctionDef | gast.AsyncFunctionDef | gast.ClassDef | gast.ExceptHandler | gast.MatchAs | gast.MatchStar):
            found += [(n.name, n)] if isinstance(n.name, str) else []
        elif isinstance(n, gast.MatchMapping):
            found += [(n.rest, n)] if n.rest else []
        elif isinstance(n, gast.Import | gast.ImportFrom):
            found += [(alias.asname or alias.name.partition(".")[0], n) for alias in n.names]
    return found


def bound_names(body: list[Any]) -> set[str]:
    """The names that a function gives a value; what it only writes into may be of a function around."""
    nodes = own_nodes(body)
    stored = {n.id for n in nodes if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load | gast.Param)}
    return stored | {n.name for n in nodes if isinstance(n, gast.FunctionDef)}


def written_into(body: list[Any]) -> list[str]:
    """The names whose items or attributes a function writes, in the order of the text."""
    places = [n for n in own_nodes(body) if isinstance(n, gast.Subscript | gast.Attribute) and not isinstance(n.ctx, gast.Load)]
    return [name for place in places if (name := root_name(place))]


def root_name(node: Any) -> str:
    """``xs`` of ``xs.items[0]``; "" where it begins with something else than a name."""
    while isinstance(node, gast.Subscript | gast.Attribute):
        node = node.value
    return node.id if isinstance(node, gast.Name) else ""


def own_nodes(body: list[Any]) -> list[Any]:
    """The nodes of a function, of the functions inside of it only the ``def``."""
    found, stack = [], list(body)
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, gast.FunctionDef | gast.Lambda):
            stack.extend(gast.iter_child_nodes(node))
    return found


def known_dicts(node: Any, annotated: bool = False) -> set[str]:
    """The names that are dicts wherever they get a value, in functions inside, too; those ``annotated`` as such are taken at their word."""
    args = node.args
    made = {id(args.kwarg)} if args.kwarg else set()
    if annotated:
        own = (*args.posonlyargs, *args.args, *args.kwonlyargs)
        made |= {id(a) for a in own if getattr(a.annotation, "id", getattr(getattr(a.annotation, "value", None), "id", "")) == "dict"}
    made |= {id(t) for n in gast.walk(node) if isinstance(n, gast.Assign) and _is_dict(n.value) for t in n.targets}
    every = bindings(node)
    return {name for name, n in every if id(n) in made} - {name for name, n in every if id(n) not in made}


def _is_dict(value: Any) -> bool:
    if isinstance(value, gast.Call):
        return isinstance(value.func, gast.Name) and value.func.id == "dict"
    return isinstance(value, gast.Dict | gast.DictComp)
