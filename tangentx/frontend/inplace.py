"""Functions of NumPy's that write into an argument, said as the writes that they are.

np.copyto(a, b)              ==>        a[...] = b
a.partition(3, axis=0)       ==>        a[...] = np.partition(a, 3, axis=0)
np.place(a, mask, v)         ==>        a[mask] = np.resize(v, np.count_nonzero(mask))          a short v begins again
np.add(a, b, out=c)          ==>        c[...] = np.add(a, b)         the value of the call is c
a.cumprod(out=c)             ==>        c[...] = a.cumprod()
np.add.at(a, i, v)           ==>        add_at(a, i, v)
np.nan_to_num(a, copy=False) ==>        a[...] = np.nan_to_num(a)                   likewise normalize of scikit-learn
"""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

import tangentx.runtime as rt
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Effect, Expr, If, Join, Method, Ref, Store, Var
from tangentx.rules.mutators import by_position, is_of_a_ufunc

__all__ = ["METHODS", "check_plain", "written_instead"]

ALL, NONE, NO, LAST = Const(Ellipsis), Const(None), Const(False), Const(-1)
RAISE, INTROSELECT, DEFAULT = Const("raise"), Const("introselect"), Const("same_kind")
UNLESS_COPIED = ("normalize",)  # of scikit-learn's functions with a rule
SORTED_BY = {"axis", "kind", "stable"}  # arguments of the method of arrays: lists have others


def check_plain(lowering: Any, owner: Atom, name: str, node: Any) -> None:
    """Checks that a method which is written out is that of a dict or an array; see transform/asked.py."""
    if isinstance(owner, Var):
        check = Ref(rt.check_plain, "check_plain", "tangentx.runtime", "check_plain")
        lowering.out.append(Effect(Call(check, (owner, Const(name))), lowering.place(node)))


def written_instead(lowering: Any, call: Call, node: Any) -> Expr | None:
    """Emits the writes that a call stands for, and gives its value; None if it writes into nothing."""
    fn, kwargs = call.fn, dict(call.kwargs)
    if isinstance(fn, Ref) and fn.obj is operator.setitem and len(call.args) == 3:
        return _write(lowering, call.args[0], call.args[1], call.args[2], node)
    if isinstance(fn, Method) and fn.name in METHODS and (fn.name != "sort" or len(call.args) > 1 or kwargs.keys() & SORTED_BY):
        if getattr(node, "own", False):  # of a class that has one
            return None
        check_plain(lowering, call.args[0], fn.name, node)
        return _called(METHODS[fn.name], lowering, node, call)
    if isinstance(fn, Method) and fn.name in OUT_OF_METHODS and not getattr(node, "own", False):
        return _out_of_a_method(lowering, node, call)
    if isinstance(fn, Ref) and (getattr(fn.obj, "__module__", None) or "").startswith("sklearn.") and fn.obj.__name__ in UNLESS_COPIED:
        return _unless_copied(lowering, node, call)
    if not isinstance(fn, Ref) or (fn.module.partition(".")[0] != "numpy" and not is_of_a_ufunc(fn.obj)):
        return None
    if fn.attr in FUNCTIONS:
        return _called(FUNCTIONS[fn.attr], lowering, node, call)
    if fn.obj is np.nan_to_num:
        return _nan_to_num(lowering, node, call, *call.args[1:2], **kwargs)
    if getattr(fn.obj, "nout", 1) > 1:
        return None
    call = replace(call, args=call.args[: _place_of_out(fn.obj, call)], kwargs=(*call.kwargs, *_named(fn.obj, call)))
    kwargs, nin = dict(call.kwargs), getattr(fn.obj, "nin", len(call.args))
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
    value = lowering.emit(plain, node)
    if isinstance(out, Var) and out in lowering.optional and where is None:
        return _written_if_given(lowering, out, value, node)
    return _write(lowering, out, ALL, value, node, where)


def _written_if_given(lowering: Any, out: Var, value: Atom, node: Any) -> Expr:
    """``out=out`` of a parameter that is None by default."""
    place, new, result = lowering.place(lowering.stmt), lowering.fresh(out.base), lowering.fresh(out.base)
    test = lowering.emit(Call(Ref(operator.is_, "is", "operator", "is_"), (out, NONE)), node)
    lowering.out.append(If(test, (), (Store(new, out, ALL, value, "", place),), (Join(result, value, new),), place))
    return result


def _out_of_a_method(lowering: Any, node: Any, call: Call) -> Expr | None:
    """``a.cumprod(out=c)`` of an array: ``c[...] = a.cumprod()``; None without the name, which is what tells it from a method of the user's."""
    assert isinstance(call.fn, Method)
    kwargs = dict(call.kwargs)
    out = kwargs.pop("out", None)
    if out is None:
        return None
    plain = replace(call, kwargs=tuple(kwargs.items()))
    if out == NONE:
        return plain
    check_plain(lowering, call.args[0], call.fn.name, node)
    value = lowering.emit(plain, node)
    if isinstance(out, Var) and out in lowering.optional:
        return _written_if_given(lowering, out, value, node)
    return _write(lowering, out, ALL, value, node)


def _called(write: Callable[..., Expr], lowering: Any, node: Any, call: Call) -> Expr | None:
    try:
        inspect.signature(write).bind(lowering, node, *call.args, **dict(call.kwargs))
    except TypeError:  # an argument that the write has no place for
        return None
    return write(lowering, node, *call.args, **dict(call.kwargs))


def _place_of_out(fn: Any, call: Call) -> int:
    names = by_position(fn)
    return names.index("out") if names else len(call.args)


def _named(fn: Any, call: Call) -> list[tuple[str, Atom]]:
    """``out``, and what is given by position behind it, by name."""
    place = _place_of_out(fn, call)
    return list(zip(by_position(fn)[place:], call.args[place:]))


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


def _unless_copied(lowering: Any, node: Any, call: Call) -> Expr | None:
    """``normalize(a, copy=c)``: if not c, what it gives is a itself, with the new values."""
    kwargs = dict(call.kwargs)
    copy = kwargs.pop("copy", Const(True))
    if copy == Const(True) or lowering.source.function.__code__.co_filename.startswith("<sklearn."):  # one that only hands on: see bound.py
        return None
    if not call.args or kwargs.pop("return_norm", NO) != NO:
        text = getattr(call.fn, "text", "")
        raise lowering.refuse(f"{text} with copy=False writes into its argument, and gives more than that", node, "Leave copy=False out.")
    value = lowering.emit(replace(call, kwargs=tuple(kwargs.items())), node)
    if copy == NO:
        return _write(lowering, call.args[0], ALL, value, node)
    if not isinstance(call.args[0], Var):
        raise lowering.refuse("a write into a variable of an outer scope", node, "Make a copy in the function and return it.")
    place, new, result = lowering.place(lowering.stmt), lowering.fresh(call.args[0].base), lowering.fresh(call.args[0].base)
    lowering.out.append(If(copy, (), (Store(new, call.args[0], ALL, value, "", place),), (Join(result, value, new),), place))
    return result


def _copyto(lowering: Any, node: Any, dst: Atom, src: Atom, casting: Atom = DEFAULT, where: Atom | None = None) -> Expr:
    return _write(lowering, dst, ALL, src, node, where)


def _numpy(lowering: Any, node: Any, name: str, *args: Atom, **kwargs: Atom) -> Atom:
    """A call of ``np.name``."""
    found: Atom = lowering.emit(Call(Ref(getattr(np, name), f"np.{name}", "numpy", name), args, tuple(kwargs.items())), node)
    return found


def _attribute(lowering: Any, node: Any, name: str, a: Atom) -> Atom:
    found: Atom = lowering.emit(Call(Attribute(name), (a,)), node)
    return found


def _put(lowering: Any, node: Any, a: Atom, ind: Atom, v: Atom, mode: Atom = RAISE) -> Expr:
    if mode != RAISE:
        every = _numpy(lowering, node, "arange", _attribute(lowering, node, "size", a))
        ind = _numpy(lowering, node, "take", every, ind, mode=mode)
    values = _numpy(lowering, node, "resize", v, _numpy(lowering, node, "shape", ind))
    return _write(lowering, _attribute(lowering, node, "flat", a), ind, values, node)


def _put_method(lowering: Any, node: Any, a: Atom, indices: Atom, values: Atom, mode: Atom = RAISE) -> Expr:
    return _put(lowering, node, a, indices, values, mode)


def _place(lowering: Any, node: Any, arr: Atom, mask: Atom, vals: Atom) -> Expr:
    is_there = _numpy(lowering, node, "not_equal", mask, Const(0))
    return _write(lowering, arr, is_there, _numpy(lowering, node, "resize", vals, _numpy(lowering, node, "count_nonzero", is_there)), node)


def _putmask(lowering: Any, node: Any, a: Atom, mask: Atom, values: Atom) -> Expr:
    return _write(lowering, a, ALL, _numpy(lowering, node, "resize", values, _attribute(lowering, node, "shape", a)), node, mask)


def _put_along_axis(lowering: Any, node: Any, arr: Atom, indices: Atom, values: Atom, axis: Atom = LAST) -> Expr:
    if axis == Const(None):
        return _write(lowering, _attribute(lowering, node, "flat", arr), indices, values, node)
    grid = Call(Ref(rt.along_axis, "along_axis", "tangentx.runtime", "along_axis"), (_attribute(lowering, node, "shape", arr), indices, axis))
    return _write(lowering, arr, lowering.emit(grid, node), values, node)


def _fill(lowering: Any, node: Any, a: Atom, value: Atom) -> Expr:
    return _write(lowering, a, ALL, value, node)


def _sort(lowering: Any, node: Any, a: Atom, axis: Atom = LAST, kind: Atom = NONE, order: Atom = NONE, *, stable: Atom = NONE) -> Expr:
    given = {"kind": kind, "stable": stable} if stable != NONE else {"kind": kind}
    return _write(lowering, a, ALL, _numpy(lowering, node, "sort", a, axis, **given), node)


def _partition(lowering: Any, node: Any, a: Atom, kth: Atom, axis: Atom = LAST, kind: Atom = INTROSELECT, order: Atom = NONE) -> Expr:
    return _write(lowering, a, ALL, _numpy(lowering, node, "partition", a, kth, axis, kind), node)


def _fill_diagonal(lowering: Any, node: Any, a: Atom, val: Atom, wrap: Atom = NO) -> Expr:
    shape = _attribute(lowering, node, "shape", a)
    if wrap != NO:
        places = Call(Ref(rt.diagonal_places, "diagonal_places", "tangentx.runtime", "diagonal_places"), (shape, wrap))
        index = lowering.emit(places, node)
        values = _numpy(lowering, node, "resize", val, _numpy(lowering, node, "shape", index))
        return _write(lowering, _attribute(lowering, node, "flat", a), index, values, node)
    size = lowering.emit(Call(Ref(min, "min", "builtins", "min"), (shape,)), node)  # it need not be square
    index = _numpy(lowering, node, "diag_indices", size, _attribute(lowering, node, "ndim", a))
    values = val if isinstance(val, Const) else _numpy(lowering, node, "resize", val, size)  # it may be shorter, or longer
    return _write(lowering, a, index, values, node)


def _add_at(lowering: Any, node: Any, a: Atom, indices: Atom, b: Atom) -> Expr:
    return _write(lowering, a, indices, b, node, op="add_at")


def _subtract_at(lowering: Any, node: Any, a: Atom, indices: Atom, b: Atom) -> Expr:
    return _write(lowering, a, indices, lowering.emit(Call(Ref(operator.neg, "-", "operator", "neg"), (b,)), node), node, op="add_at")


FUNCTIONS: dict[str, Callable[..., Expr]] = {
    "copyto": _copyto,
    "put": _put,
    "place": _place,
    "putmask": _putmask,
    "put_along_axis": _put_along_axis,
    "fill_diagonal": _fill_diagonal,
    "add.at": _add_at,
    "subtract.at": _subtract_at,
}
# methods of arrays that put their result into an array that is given
OUT_OF_METHODS = frozenset({
    "all", "any", "argmax", "argmin", "clip", "cumprod", "cumsum", "dot", "max", "mean", "min", "prod", "round", "std", "sum", "take", "trace",
    "var",
})  # fmt: skip
METHODS: dict[str, Callable[..., Expr]] = {"fill": _fill, "put": _put_method, "sort": _sort, "partition": _partition}
