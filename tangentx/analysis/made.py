"""Values made by classes of the standard library: by which call, where it is the same one on all paths.

window = deque(maxlen=n)         window: deque(maxlen=n)
window.append(x)                 the new version, too
w = window if x > 0 else window  w: deque(maxlen=n)
"""

from __future__ import annotations

import inspect
from collections import Counter, OrderedDict, defaultdict, deque

from tangentx.ir.nodes import Build, Call, For, Function, If, Let, Ref, Store, Var, While
from tangentx.ir.walk import merges, statements

__all__ = ["find_made", "known_class"]

KNOWN = (deque, defaultdict, OrderedDict, Counter, set)
OWN = ("__init__", "__new__", "__getitem__", "__setitem__", "__missing__")
SET = Call(Ref(set, "set", "builtins", "set"), ())


def find_made(function: Function) -> dict[Var, Call]:
    """The values that a class of the standard library has made, with the calls that made them."""
    every = tuple(statements(function.body))
    if not any(isinstance(s, Let) and _made(s.value) for s in every):
        return {}
    lost: set[Var] = set()
    while True:
        made: dict[Var, Call] = {}
        for stmt in (*every, *every):  # a join stands before its arms here
            found: list[tuple[Var, object]] = []
            if isinstance(stmt, Let):
                found = [(stmt.target, made.get(stmt.value) if isinstance(stmt.value, Var) else _made(stmt.value))]
            elif isinstance(stmt, Store):
                found = [(stmt.target, made.get(stmt.base))]
            elif isinstance(stmt, For | While):
                found = [(c.target, made.get(c.init)) for c in stmt.carries if isinstance(c.init, Var)]
            elif isinstance(stmt, If):
                found = [(j.target, made.get(j.then)) for j in stmt.joins if isinstance(j.then, Var)]
            made.update((t, call) for t, call in found if isinstance(call, Call) and t not in lost)
        wrong = {t for t, values in merges(every) if t in made and any(not isinstance(v, Var) or made.get(v) != made[t] for v in values)}
        if not wrong - lost:
            return made
        lost |= wrong


def _made(value: object) -> Call | None:
    """The call of such a class; a display of a set stands for one."""
    if isinstance(value, Build):
        return SET if value.kind == "set" else None
    cls = value.fn.obj if isinstance(value, Call) and isinstance(value.fn, Ref) else None
    return value if isinstance(value, Call) and known_class(cls) is not None else None


def known_class(cls: object) -> type | None:
    """Which of these classes it is; one of the user's that adds methods to dicts with a default is as that."""
    if not isinstance(cls, type) or cls in KNOWN:
        return cls if isinstance(cls, type) else None
    base = next((c for c in cls.__mro__ if c in (defaultdict, Counter)), None)
    if base is None or any(inspect.getattr_static(cls, name, None) is not inspect.getattr_static(base, name, None) for name in OWN):
        return None
    return base
