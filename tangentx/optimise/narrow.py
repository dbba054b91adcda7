"""Narrow: the adjoint of a full sum stays a scalar where it is multiplied with an array of the sum's shape.

s = np.shape(h_times_h)
g = unreduce(loss_bar, s)          ==>          h_bar = loss_bar * h
h_bar = g * h
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Atom, Call, Const, Expr, Function, Let, Place, Ref, Stmt, Var
from tangentx.ir.walk import edge_atoms, map_blocks, own_atoms, rename, statements

__all__ = ["narrow"]


def narrow(function: Function, facts: Facts) -> Function:
    """Replaces a broadcast adjoint by its scalar where each of its readers multiplies it by an array of the same shape.

    ``facts`` are those of the primal names.
    """
    lets = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
    own = {v for v, s in _places(function).items() if s.names(v.base)}
    readers: dict[Var, list[Expr | None]] = {}
    for stmt in statements(function.body):
        for atom in (*own_atoms(stmt), *edge_atoms(stmt)):
            if isinstance(atom, Var):
                readers.setdefault(atom, []).append(stmt.value if isinstance(stmt, Let) else None)
    if isinstance(function.result, Var):
        readers.setdefault(function.result, []).append(None)
    scalars: dict[Atom, Atom] = {}
    for var, value in lets.items():
        like = _broadcast_to(value, lets)
        if like is not None and all(_scales(reader, var, like, facts) for reader in readers.get(var, [])):
            assert isinstance(value, Call)
            scalars[var] = value.args[0]
    for var, value in lets.items():
        if (
            isinstance(value, Call)
            and isinstance(value.fn, Ref)
            and value.fn.attr == "unbroadcast"
            and facts.same_shape(value.args[0], value.args[1])
        ):
            scalars[var] = value.args[0]
    function = _named_shapes(function, lets, own, facts)
    if not scalars:
        return function
    return rename(function, scalars)  # type: ignore[arg-type]


def _places(function: Function) -> dict[Var, Place]:
    return {s.target: s.place for s in statements(function.body) if isinstance(s, Let)}


def _named_shapes(function: Function, lets: dict[Var, Expr], own: set[Var], facts: Facts) -> Function:
    def source(var: Var) -> Var:
        """An operand of the same shape, as near to the user's own names as there is."""
        value = lets.get(var)
        if isinstance(value, Call) and var not in own:
            for atom in value.args:
                if isinstance(atom, Var) and not facts.of(atom).scalar and facts.same_shape(atom, var):
                    return source(atom)
        return var

    def visit(stmt: Stmt) -> Stmt:
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref) and not stmt.place.own:
            call, asked, arg = stmt.value, f"{stmt.value.fn.module}.{stmt.value.fn.attr}", stmt.value.args[0] if stmt.value.args else None
            if asked in ("numpy.shape", "numpy.size") and isinstance(arg, Var):
                if asked == "numpy.size" and facts.of(arg).scalar:
                    return replace(stmt, value=Const(1))
                return replace(stmt, value=replace(call, args=(source(arg),)))
        return map_blocks(stmt, lambda b: tuple(visit(s) for s in b))

    return replace(function, body=tuple(visit(s) for s in function.body))


def _broadcast_to(value: Expr, lets: dict[Var, Expr]) -> Var | None:
    """The array whose shape a scalar is broadcast to, if that is what the expression does."""
    if not (isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.attr == "unreduce" and len(value.args) == 2 and not value.kwargs):
        return None
    shape = lets.get(value.args[1]) if isinstance(value.args[1], Var) else None
    known = isinstance(shape, Call) and isinstance(shape.fn, Ref) and (shape.fn.module, shape.fn.attr) == ("numpy", "shape")
    if known and isinstance(shape, Call) and isinstance(shape.args[0], Var):
        return shape.args[0]
    return None


def _scales(reader: Expr | None, var: Var, like: Var, facts: Facts) -> bool:
    if not (isinstance(reader, Call) and isinstance(reader.fn, Ref) and reader.fn.module == "operator" and reader.fn.attr == "mul"):
        return False
    other = reader.args[1] if reader.args[0] == var else reader.args[0]
    return other != var and isinstance(other, Var) and facts.same_shape(other, like)
