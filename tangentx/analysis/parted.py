"""Parted: rows of an array that is made here and has no other name: they are arrays of their own.

    M0, M1 = np.array(A).T        both: nobody sees the copy, and the rows of an array do not overlap
    M0 /= np.sqrt(M0 @ M0)
    M1 -= (M0 @ M1) * M0

    B = A.copy()                  neither: what is done to x shows in B
    x, y = B
    x /= 2
    return B.sum()

Only arrays that nothing reads again, their own derivative included: what is written to a row later does not show there.
"""

from __future__ import annotations

from collections.abc import Mapping

from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.analysis.sharing import sharing
from tangentx.ir.nodes import Atom, Block, Call, Const, Function, Let, Ref, Stmt, Unpack, Var
from tangentx.ir.walk import blocks, edge_atoms, own_atoms, statements

__all__ = ["parted"]

TURNED = frozenset({"T", "transpose", "swapaxes", "moveaxis", "flip", "fliplr", "flipud"})  # each element of the array stands there once
# arrays that are made, of which the derivative does not read what is in them: by functions of NumPy, and by operators of arrays
MADE = frozenset({
    "array", "copy", "stack", "vstack", "column_stack", "concatenate",
    "zeros", "ones", "empty", "full", "zeros_like", "ones_like", "empty_like", "full_like",
})  # fmt: skip
WORKED_OUT = frozenset({"add", "sub", "mul", "neg", "matmul"})


def parted(function: Function, facts: Facts) -> frozenset[Var]:
    """The names of such rows.

    >>> sorted(v.base for v in parted(function, facts))                                      # doctest: +SKIP
    ['M0', 'M1']
    """
    if not any(isinstance(s, Let) and _is_made(s, facts) for s in statements(function.body)):
        return frozenset()
    uses: dict[Atom, int] = {function.result: 1}
    for stmt in statements(function.body):
        for atom in (*own_atoms(stmt), *edge_atoms(stmt)):
            uses[atom] = uses.get(atom, 0) + 1
    found = set[Var]()
    _search(function.body, facts, uses, found)
    return frozenset(found)


def _search(block: Block, facts: Facts, uses: Mapping[Atom, int], found: set[Var]) -> None:
    """The same of one block: what a loop takes out of an array made before it, it takes out again."""
    whole = set[Var]()  # arrays made in this block, and views of all of one that has no other use
    rows: dict[Var, dict[int, Var]] = {}
    for stmt in block:
        for inner in blocks(stmt):
            _search(inner, facts, uses, found)
        if isinstance(stmt, Let) and (_is_made(stmt, facts) or (_turned(stmt, facts) in whole and uses[_turned(stmt, facts)] == 1)):
            whole.add(stmt.target)
        elif isinstance(stmt, Unpack) and stmt.source in whole and uses[stmt.source] == 1:
            found.update(t for t in stmt.targets if t is not None)
        elif (row := _row(stmt)) is not None and row[0] in whole:
            rows.setdefault(row[0], {})[row[1]] = row[2]
    for source, items in rows.items():
        if len(items) == uses[source]:
            found.update(items.values())


def _is_made(stmt: Let, facts: Facts) -> bool:
    call = stmt.value
    if not isinstance(call, Call) or library_name(call) not in MADE | WORKED_OUT or sharing(call, facts, {}) != "fresh":
        return False
    if library_name(call) in WORKED_OUT:
        known = [facts.of(a) for a in call.args]
        return any(k.kind == "array" for k in known) and all(k.kind == "array" or k.scalar for k in known)
    return facts.of(stmt.target).kind == "array" or (isinstance(call.fn, Ref) and call.fn.module.partition(".")[0] in ("numpy", "cupy"))


def _turned(stmt: Let, facts: Facts) -> Atom:
    """The array of which the value is a view with all that is in it."""
    call = stmt.value
    if not isinstance(call, Call) or library_name(call) not in TURNED or not call.args or sharing(call, facts, {}) != "view":
        return Const(None)
    return call.args[0]


def _row(stmt: Stmt) -> tuple[Var, int, Var] | None:
    """(array, index, name) of ``name = array[2]``."""
    call = stmt.value if isinstance(stmt, Let) else None
    if not isinstance(stmt, Let) or not isinstance(call, Call) or library_name(call) != "getitem" or len(call.args) != 2:
        return None
    source, index = call.args
    if not isinstance(source, Var) or not isinstance(index, Const) or type(index.value) is not int or index.value < 0:
        return None
    return source, index.value, stmt.target
