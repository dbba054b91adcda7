"""Statements that others can say: ``match``, ``try``, ``with``, ``import``; before the jumps are rewritten.

import numpy.linalg as la        la = <numpy.linalg>
match x: case 1: ...     ==>     if x == 1: ...
with a, b: ...                   with a: with b: ...      (as ``Guarded``)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gast

from tangentx.errors import UnsupportedSyntax
from tangentx.frontend.apart import in_steps, is_apart
from tangentx.frontend.guards import Guarded, reads, without_try, without_with
from tangentx.frontend.lazy import fused
from tangentx.frontend.matching import Static, outside_name, without_match
from tangentx.frontend.nodes import store
from tangentx.frontend.walrus import has_walrus, without_test

__all__ = ["IMPORTED", "simpler"]

IMPORTED = "@import "  # "@import la=numpy.linalg", "@import sin=numpy:sin"; "@import numpy<=numpy.linalg" binds the first part only


def simpler(block: list[Any], fresh: Callable[[str], str], static: Static, kept: frozenset[str] = frozenset()) -> list[Any]:
    """A block without these statements, nested blocks too; local functions are left as they are.

    ``kept`` are the names that a ``finally`` around reads.
    """

    def inside(stmts: list[Any]) -> list[Any]:
        return simpler(stmts, fresh, static, kept)

    done: list[Any] = []
    for stmt in block:
        if isinstance(stmt, gast.While) and not stmt.orelse and has_walrus(stmt.test):
            stmt = without_test(stmt)
        if isinstance(stmt, gast.For):
            stmt = fused(stmt, fresh, static)
        if isinstance(stmt, gast.Match):
            done += inside(without_match(stmt, fresh("subject"), static))
        elif isinstance(stmt, gast.Try) and all(isinstance(s, gast.Import | gast.ImportFrom) for s in stmt.body):
            done += inside(_chosen(stmt, static))
        elif isinstance(stmt, gast.Try) and is_apart(stmt):
            done += inside(in_steps(stmt, fresh))
        elif isinstance(stmt, gast.Try):
            last = kept | reads(stmt.finalbody)
            done += simpler(without_try(stmt, fresh, last), fresh, static, last)
        elif isinstance(stmt, gast.With):
            done += inside(without_with(stmt, fresh, static))
        elif isinstance(stmt, gast.Import | gast.ImportFrom):
            done += _imported(stmt)
        else:
            done.append(_copy(stmt, inside) if isinstance(stmt, gast.If | gast.For | gast.While) else stmt)
    return done


def _copy(stmt: Any, inside: Callable[[list[Any]], list[Any]]) -> Any:
    fields = {**dict(gast.iter_fields(stmt)), "body": inside(stmt.body), "orelse": inside(stmt.orelse)}
    if isinstance(stmt, Guarded):
        fields["behind"] = inside(stmt.behind)
    return gast.copy_location(type(stmt)(**fields), stmt)


def _chosen(stmt: Any, static: Static) -> list[Any]:
    """A try around imports is decided here: what it does where they succeed, or what its handler does."""
    try:
        for made in (assign for s in stmt.body for assign in _imported(s)):
            static(made.value)
    except UnsupportedSyntax:
        if len(stmt.handlers) != 1:
            raise
        return [*stmt.handlers[0].body, *stmt.finalbody]
    return [*stmt.body, *stmt.orelse, *stmt.finalbody]


def _imported(stmt: Any) -> list[Any]:
    """``import a.b`` binds a; ``import a.b as c`` binds a.b; ``from a import b`` binds b of a."""
    made = []
    for alias in stmt.names:
        if isinstance(stmt, gast.Import):
            path, name = alias.name, alias.asname or alias.name.partition(".")[0]
        else:
            path, name = f"{'.' * (stmt.level or 0)}{stmt.module or ''}:{alias.name}", alias.asname or alias.name
        root = isinstance(stmt, gast.Import) and not alias.asname
        value = outside_name(f"{IMPORTED}{name}{'<' if root else ''}={path}")
        assign = gast.Assign([store(name)], value, None)
        for node in gast.walk(assign):
            gast.copy_location(node, stmt)
        made.append(assign)
    return made
