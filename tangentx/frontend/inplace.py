"""Functions of NumPy's that write into an argument, said as the writes that they are.

np.copyto(a, b)              ==>        a[...] = b
np.add(a, b, out=c)          ==>        c[...] = np.add(a, b)         the value of the call is c
np.add.at(a, i, v)           ==>        add_at(a, i, v)
np.nan_to_num(a, copy=False) ==>        a[...] = np.nan_to_num(a)
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Expr, Method, Ref, Store, Var

__all__ = ["METHODS", "written_instead"]

ALL = Const(Ellipsis)


def written_instead(lowering: Any, call: Call, node: Any) -> Expr | None:
    """Emits the writes that a call stands for, and gives its value; None if it writes into nothing."""
    fn, kwargs = call.fn, dict(call.kwargs)
    if isinstance(fn, Ref) and fn.obj is operator.setitem and len(call.args) == 3:
        return _write(lowering, call.args[0], call.args[1], call.args[2], node)
    if isinstance(fn, Method) and len(call.args) == METHODS.get(fn.name, (0,))[0] and not kwargs:
        return METHODS[fn.name][1](lowering, node, *call.args)
    if not isinstance(fn, Ref) or fn.module.partition(".")[0] != "numpy":
        return None
    if fn.attr in FUNCTIONS and not set(kwargs) - {"where"}:
        return FUNCTIONS[fn.attr](lowering, node, *call.args, **kwargs)
    if fn.obj is np.nan_to_num:
        return _nan_to_num(lowering, node, call, *call.args[1:2], **kwargs)
    if getattr(fn.obj, "nout", 1) > 1:
        return None
    nin = getattr(fn.obj, "nin", len(call.args))
    out = kwargs.pop("out", None) or (call.args[nin] if len(call.args) == nin + 1 else None)
    if out is None:
        return None
    if isinstance(out, Var) and isinstance(made := _made(lowering, out), Build) and made.kind == "tuple" and len(made.items) == 1:
        out = made.items[0]
    kept = "where" if isinstance(fn.obj, np.ufunc) else ""
    where = kwargs.pop(kept, None)
    plain = replace(call, args=call.args[:nin], kwargs=tuple(kwargs.items()))
    if out == Const(None):
        return plain
    if where is not None:
        plain = replace(plain, args=tuple(_chosen(lowering, where, a, Const(1), node) for a in plain.args))
    return _write(lowering, out, ALL, lowering.emit(plain, node), node, where)


def _chosen(lowering: Any, where: Atom, value: Atom, other: Atom, node: Any) -> Atom:
    """``np.where(where, value, other)``: an operand that is not wanted is no operand, and its derivative no nan."""
    return lowering.emit(Call(Ref(np.where, "np.where", "numpy", "where"), (where, value, other)), node)


def _made(lowering: Any, var: Var) -> Expr | None:
    """What the last statement gave a name."""
    return next((s.value for s in reversed(lowering.out) if getattr(s, "target", None) == var and hasattr(s, "value")), None)


def _write(lowering: Any, base: Atom, index: Atom, value: Atom, node: Any, where: Atom | None = None, op: str = "") -> Expr:
    """``base[index] = value``, where ``where`` is true."""
    if not isinstance(base, Var):
        raise lowering.refuse("a write into a variable of an outer scope", node, "Make a copy in the function and return it.")
    if where is not None:
        value = _chosen(lowering, where, value, base, node)
    new = lowering.fresh(base.base)
    lowering.out.append(Store(new, base, index, value, op, lowering.place(lowering.stmt)))
    return new


def _nan_to_num(lowering: Any, node: Any, call: Call, copy: Atom | None = None, **others: Atom) -> Expr | None:
    if copy in (None, Const(True)):
        return None
    if copy != Const(False):
        raise lowering.refuse("whether np.nan_to_num writes into its argument is only known while running", node, "Write copy=True or copy=False.")
    names = ("nan", "posinf", "neginf")
    made = replace(call, args=call.args[:1], kwargs=(*zip(names, call.args[2:]), *((k, v) for k, v in others.items() if k in names)))
    return _write(lowering, call.args[0], ALL, lowering.emit(made, node), node)


def _copyto(lowering: Any, node: Any, dst: Atom, src: Atom, where: Atom | None = None) -> Expr:
    return _write(lowering, dst, ALL, src, node, where)


def _put(lowering: Any, node: Any, a: Atom, index: Atom, value: Atom) -> Expr:
    return _write(lowering, lowering.emit(Call(Attribute("flat"), (a,)), node), index, value, node)


def _fill(lowering: Any, node: Any, a: Atom, value: Atom) -> Expr:
    return _write(lowering, a, ALL, value, node)


def _fill_diagonal(lowering: Any, node: Any, a: Atom, value: Atom) -> Expr:
    shape, rank = lowering.emit(Call(Attribute("shape"), (a,)), node), lowering.emit(Call(Attribute("ndim"), (a,)), node)
    size = lowering.emit(Call(Ref(min, "min", "builtins", "min"), (shape,)), node)  # it need not be square
    index = lowering.emit(Call(Ref(np.diag_indices, "np.diag_indices", "numpy", "diag_indices"), (size, rank)), node)
    return _write(lowering, a, index, value, node)


def _add_at(lowering: Any, node: Any, a: Atom, index: Atom, value: Atom) -> Expr:
    return _write(lowering, a, index, value, node, op="add_at")


def _subtract_at(lowering: Any, node: Any, a: Atom, index: Atom, value: Atom) -> Expr:
    return _write(lowering, a, index, lowering.emit(Call(Ref(operator.neg, "-", "operator", "neg"), (value,)), node), node, op="add_at")


FUNCTIONS: dict[str, Callable[..., Expr]] = {
    "copyto": _copyto,
    "put": _put,
    "fill_diagonal": _fill_diagonal,
    "add.at": _add_at,
    "subtract.at": _subtract_at,
}
METHODS: dict[str, tuple[int, Callable[..., Expr]]] = {"fill": (2, _fill), "put": (3, _put)}  # with the number of arguments
