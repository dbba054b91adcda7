"""Slices and index tuples: they have no name worth reading and are printed wherever they are used.

part = slice(1, -1, None); index = tuple(part, None); y = x[index]         ==>      y = x[1:-1, None]
"""

from __future__ import annotations

from collections.abc import Iterable

from tangentx.backend.operators import operator_of
from tangentx.backend.ownership import reads
from tangentx.ir.nodes import Atom, Build, Call, Expr, Function, Let, Ref, Store, Var
from tangentx.ir.walk import expr_atoms, statements

__all__ = ["indices"]

_MOVABLE = {"add", "sub", "mul", "floordiv", "mod", "neg"}


def indices(function: Function, count: dict[Var, int], bases: frozenset[str]) -> dict[Var, Expr]:
    """The slices and index tuples (and the sums in a slice) that are printed wherever they are used."""
    lets = {s.target: s for s in statements(function.body) if isinstance(s, Let) and s.target.base not in bases}
    other = _read_otherwise(function)
    found: dict[Var, Expr] = {}

    def movable(atom: Atom, deep: bool) -> bool:
        let = lets.get(atom) if isinstance(atom, Var) else None
        if let is None or atom in found:
            return True
        if deep and count.get(let.target) == 1 and operator_of(let.value) in _MOVABLE and isinstance(let.value, Call):
            return all(movable(a, True) for a in let.value.args)
        return count.get(let.target, 0) > 1

    def put_back(atom: Atom) -> None:
        let = lets.get(atom) if isinstance(atom, Var) else None
        if let is not None and isinstance(let.value, Call) and count.get(let.target) == 1 and let.target not in found:
            found[let.target] = let.value
            for a in let.value.args:
                put_back(a)

    for var, let in lets.items():
        if isinstance(let.value, Build) and let.value.kind == "format":
            found[var] = let.value
        if var in other or not count.get(var):
            continue
        is_slice = isinstance(let.value, Call) and isinstance(let.value.fn, Ref) and let.value.fn.obj is slice
        if (is_slice or (isinstance(let.value, Build) and let.value.kind == "tuple")) and all(movable(a, is_slice) for a in expr_atoms(let.value)):
            found[var] = let.value
            for atom in expr_atoms(let.value) if is_slice else ():
                put_back(atom)
    return found


def _read_otherwise(function: Function) -> set[Var]:
    """The names that are read as something else than an index."""
    tuples = {s.target: s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Build) and s.value.kind == "tuple"}
    found: set[Var] = set()
    for stmt in statements(function.body):
        atoms: Iterable[Atom] = reads(stmt)
        if isinstance(stmt, Let) and operator_of(stmt.value) == "getitem" and isinstance(stmt.value, Call):
            atoms = stmt.value.args[:1]
        elif isinstance(stmt, Store):
            atoms = (stmt.base, stmt.value, *([stmt.through] if stmt.through else []))
        elif isinstance(stmt, Let) and stmt.target in tuples:
            continue
        found.update(a for a in atoms if isinstance(a, Var))
    if isinstance(function.result, Var):
        found.add(function.result)
    for target, value in reversed(tuples.items()):
        if target in found:
            found.update(a for a in expr_atoms(value) if isinstance(a, Var))
    return found
