"""Tuple assignments of the user's, taken apart by the front end, become one again.

a.2 = b.1                # both from `a, b = b, a + b`
b.2 = a.1 + b.1                                              ==>      a.2, b.2 = b.1, a.1 + b.1
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from tangentx.backend.ownership import group_of
from tangentx.ir.nodes import Atom, Block, Build, Expr, Let, Stmt, Unpack, Var
from tangentx.ir.walk import expr_atoms

__all__ = ["together"]


@lru_cache(maxsize=4096)
def _tuple_assigned(text: str) -> tuple[str, ...]:
    """The names that a tuple assignment assigns, in order; () for any other statement."""
    try:
        tree = ast.parse(text).body[0]
    except (SyntaxError, ValueError, IndexError):
        return ()
    if not (isinstance(tree, ast.Assign) and len(tree.targets) == 1 and isinstance(tree.targets[0], ast.Tuple) and isinstance(tree.value, ast.Tuple)):
        return ()
    return tuple(e.id if isinstance(e, ast.Name) else "" for e in tree.targets[0].elts)


def together(block: Block, inline: dict[Var, Expr]) -> Block:
    """``a, b = b, a + b`` of the user's: its assignments become one again."""
    done: list[Stmt] = []
    k = 0
    while k < len(block):
        first = block[k]
        names = _tuple_assigned(first.place.text) if isinstance(first, Let) and not first.place.sweep and "," in first.place.text else ()
        run = [s for s in block[k : k + len(names)] if isinstance(s, Let) and group_of(s.place) == group_of(first.place)]
        if len(run) > 1 and tuple(s.target.base for s in run) == names and _is_parallel(run, inline):
            packed = Var("<tuple>", len(inline))
            items: list[Atom] = []
            for s in run:
                item = Var("<item>", len(inline))  # which has grown by the one before
                inline[item] = s.value
                items.append(item)
            inline[packed] = Build("tuple", tuple(items))
            done.append(Unpack(tuple(s.target for s in run), packed, first.place))
            k += len(run)
        else:
            done.append(first)
            k += 1
    return tuple(done)


def _is_parallel(run: list[Let], inline: dict[Var, Expr]) -> bool:
    """Whether none of the assignments reads what one before it assigns."""
    assigned: set[Var] = set()
    for stmt in run:
        if any(leaf in assigned for leaf in _leaf_names(stmt.value, inline)):
            return False
        assigned.add(stmt.target)
    return True


def _leaf_names(value: Expr, inline: dict[Var, Expr]) -> Iterator[Var]:
    for atom in expr_atoms(value):
        if isinstance(atom, Var):
            if atom in inline:
                yield from _leaf_names(inline[atom], inline)
            else:
                yield atom
