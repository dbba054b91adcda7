"""Sharing: what the value of one expression may share memory with.

    u = x.copy()          fresh        an array of its own
    v = u[1:]             view         looks into u
    v = np.ravel(u)       maybe        looks into u, or is a copy, as the memory lies
    t = u[i]              item         a number, or a row of u: known from ranks, else assumed a number (and checked at run time)
    w = [u, v]            holds        a container
    z = g(u)              unknown      may be u, or look into it

The tables go by the names of functions; ``tests/test_aliases.py`` holds them against what NumPy does.
"""

from __future__ import annotations

import operator
from collections import deque
from collections.abc import Mapping

from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import LIBRARIES, OF_NUMBERS, hands_on, is_late, is_part, library_name, works_by_element
from tangentx.analysis.listed import PARTS, no_list
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Expr, Local, Method, Ref, Var
from tangentx.rules.declare import is_declared

__all__ = ["MAYBE", "VIEWS", "index_kind", "item_of_display", "may_be_of_point", "may_hand_on", "sharing"]

VIEWS = frozenset({
    "T", "mT", "transpose", "swapaxes", "moveaxis", "rollaxis", "squeeze", "expand_dims", "real", "imag", "diagonal", "view", "flat", "flip",
    "fliplr", "flipud", "rot90", "matrix_transpose", "permute_dims", "broadcast_to", "sliding_window_view",
})  # fmt: skip
MAYBE = frozenset({
    "reshape", "ravel", "asarray", "asanyarray", "ascontiguousarray", "atleast_1d", "atleast_2d", "atleast_3d", "require", "diag",
    "getfield", "to_device", "asfortranarray", "asarray_chkfinite", "real_if_close", "asmatrix", "from_dlpack",
})  # fmt: skip
LISTED = frozenset({"add", "mul", "concat"})
MANY = frozenset({"atleast_1d", "atleast_2d", "atleast_3d"})  # of several arrays they give a container
HANDS_ON = frozenset({"cast_like", "unbroadcast", "broadcast_like", "unreduce", "add", "cast", "updated"})  # helpers that may return an operand
CHECKERS = frozenset({"sklearn"})  # packages whose rules are those of such functions
NUMBERS = frozenset({"device", "shape", "ndim", "size", "dtype", "itemsize", "nbytes", "strides"})


def sharing(value: Expr, facts: Facts, defs: Mapping[Var, Expr]) -> str:
    """How the value of an expression shares memory with its operands: ``fresh none view item maybe holds unknown``.

    ``view`` and ``item`` look into the first operand for sure (an item of a container is the object itself); ``maybe`` may
    be a view of it or a copy; ``number`` is taken for a value of its own, but might be a row; ``none`` has no memory.

    >>> sharing(Call(Method("copy"), (x,)), facts, {})                                       # doctest: +SKIP
    'fresh'
    """
    if isinstance(value, Build):
        return "holds" if value.kind in ("tuple", "list", "set", "dict", "and", "or", "if") else "none"
    if not isinstance(value, Call):
        return "unknown"
    if isinstance(value.fn, Local | Var):
        return "unknown"
    name = library_name(value)
    if not name:  # an attribute of the user's that is called as one of arrays, or a function of the user's
        return "item" if isinstance(value.fn, Attribute) else _checked(value)
    if is_late(value):
        return "unknown"
    if isinstance(value.fn, Ref) and value.fn.obj is operator.getitem:
        return "fresh" if _is_flat(value.args[0], defs) else _item(value, facts, defs)
    if isinstance(value.fn, Attribute):
        return "none" if name in NUMBERS else "view" if name in VIEWS else "item"
    if name in VIEWS or name in MAYBE:
        return _shown(name, value, facts, defs)
    copies = [*(a for k, a in value.kwargs if k == "copy"), *(value.args[5:] if name == "astype" else ())]
    if name in ("array", "astype") and any(a != Const(True) for a in copies):
        return "maybe"
    if name in ("keys", "values", "items") and isinstance(value.fn, Method) and facts.of(value.args[0]).kind == "dict":
        return "view"
    if name in PARTS or (isinstance(value.fn, Ref) and value.fn.module == "operator" and name in LISTED and _are_lists(value, facts)):
        return "holds"
    if name == "own_copy" and len(value.args) > 1:
        return "unknown"  # it may be what the callee was given
    if hands_on(name, value) and not all(facts.of(a).scalar for a in (*value.args, *(a for _, a in value.kwargs))):
        return "unknown"  # it may be a view, of another part once its operand has changed
    return _asked(name, value, facts) if isinstance(value.fn, Method) else "fresh"


def _shown(name: str, call: Call, facts: Facts, defs: Mapping[Var, Expr]) -> str:
    """The same of what shows its operand, if that is an array: of a list or a number NumPy makes an array of its own."""
    if len(call.args) > 1 and name in MANY:
        return "holds"
    every = (*call.args, *(a for _, a in call.kwargs))
    whole = facts.of(every[0]) if every else facts.of(Const(None))
    if isinstance(call.fn, Ref) and (whole.scalar or whole.kind in ("list", "tuple")):
        return "fresh"
    sure = not isinstance(call.fn, Ref) or whole.kind == "array" or no_list(every[0], defs)
    return "view" if sure and name in VIEWS else "maybe"


def _asked(name: str, call: Call, facts: Facts) -> str:
    """The same of a method of what may be a list, a dict or an object."""
    owner = call.args[0]
    container = isinstance(owner, Ref) and isinstance(owner.obj, list | tuple | dict | deque)
    kind = facts.of(owner).kind
    if name == "get" and len(call.args) == 2 and kind == "dict":
        return "item"
    if name in ("get", "setdefault") and kind == "dict":
        return "unknown"  # an item of it, or the default
    if name == "copy" and kind in ("list", "dict", "tuple"):
        return "holds"
    if container or name.startswith("_") or (name not in OF_NUMBERS and kind == "any" and not _of_a_library(owner)):
        return "unknown"  # of an object, or a container: it may return what that holds
    return "fresh"


def _of_a_library(atom: Atom) -> bool:
    """Whether it is an object of the surroundings whose class is one of a library: what its methods return is their own."""
    return isinstance(atom, Ref) and type(atom.obj).__module__.partition(".")[0] in LIBRARIES


def _are_lists(call: Call, facts: Facts) -> bool:
    """Whether what is joined or repeated are lists or tuples: the objects in them stand in the new one, too."""
    lists = [facts.of(a).kind in ("list", "tuple") for a in call.args]
    return any(lists) if library_name(call) == "mul" else all(lists)


def _checked(call: Call) -> str:
    """The same of a function of another package: one of those with a rule checks an array and hands it on, or says something of it."""
    if not isinstance(call.fn, Ref) or call.fn.module.partition(".")[0] not in CHECKERS or not is_declared(call.fn.obj):
        return "unknown"
    return "fresh" if is_declared(call.fn.obj, "constant") or ("copy", Const(True)) in call.kwargs else "maybe"


def may_hand_on(call: Call) -> bool:
    """Whether it is a helper of ours that may return an operand: an adjoint, which is never written while that is read."""
    return isinstance(call.fn, Ref) and call.fn.module == "tangentx.runtime" and library_name(call) in HANDS_ON


def _item(call: Call, facts: Facts, defs: Mapping[Var, Expr]) -> str:
    base, index = facts.of(call.args[0]), index_kind(call.args[1], facts, defs)
    made = defs.get(call.args[0]) if isinstance(call.args[0], Var) else None
    if isinstance(made, Call) and _checked(made) == "fresh":
        return "none"
    if base.kind in ("tuple", "list", "dict"):
        return "holds" if index == "basic" else "item"
    if index == "key":
        return "item"
    if index == "fancy":
        return "fresh"
    if index == "basic":
        return "view" if base.kind == "array" or no_list(call.args[0], defs) else "maybe"
    if index.startswith("int") and base.rank is not None:
        return "view" if base.rank > int(index[3:]) else "none"
    return "number"


def _is_flat(atom: Atom, defs: Mapping[Var, Expr]) -> bool:
    """Whether it is ``x.flat``, whose parts are copies."""
    value = defs.get(atom) if isinstance(atom, Var) else None
    if isinstance(value, Var):
        return _is_flat(value, defs)
    return isinstance(value, Call) and isinstance(value.fn, Attribute) and value.fn.name == "flat"


def item_of_display(value: Expr, defs: Mapping[Var, Expr]) -> Atom | None:
    """``v`` for ``p[0]`` where ``p = (v, w)``."""
    if not (isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is operator.getitem and isinstance(value.args[0], Var)):
        return None
    made, index = defs.get(value.args[0]), value.args[1]
    while isinstance(made, Var):  # another name of it
        made = defs.get(made)
    if not isinstance(made, Build) or made.kind not in ("tuple", "list") or not isinstance(index, Const) or type(index.value) is not int:
        return None
    return made.items[index.value] if -len(made.items) <= index.value < len(made.items) else None


# functions that give whole numbers by which arrays are read
PLACES = frozenset({
    "argpartition", "argsort", "diag_indices", "diag_indices_from", "flatnonzero", "ix_", "lexsort", "nonzero", "tril_indices",
    "tril_indices_from", "triu_indices", "triu_indices_from",
})  # fmt: skip


def index_kind(index: Atom, facts: Facts, defs: Mapping[Var, Expr]) -> str:
    """``basic`` (with a slice, None or Ellipsis: a view for sure), ``int2`` (two whole numbers), ``fancy``, ``key`` or ``unknown``."""
    value = defs.get(index) if isinstance(index, Var) else None
    if isinstance(index, Const):
        if index.value is None or index.value is Ellipsis:
            return "basic"
        return "int1" if type(index.value) is int else "key" if isinstance(index.value, str) else "unknown"
    if is_part(value):
        return "basic"
    if isinstance(value, Build) and value.kind == "tuple":
        parts = [index_kind(a, facts, defs) for a in value.items]
        if "fancy" in parts:
            return "fancy"
        if "unknown" in parts or "key" in parts:
            return "unknown"
        return "basic" if "basic" in parts else f"int{len(parts)}"
    kind = facts.of(index).kind
    if kind in ("array", "list") or isinstance(value, Build) and value.kind == "list" or _is_of_places(value, defs):
        return "fancy"
    return {"int": "int1", "str": "key"}.get(kind, "unknown")


def may_be_of_point(index: Atom, defs: Mapping[Var, Expr]) -> bool:
    """Whether an index takes no axis for granted: ``...``, ``()``, ``None``, a mask: an array of shape () has such parts, too."""
    value = defs.get(index) if isinstance(index, Var) else None
    if isinstance(value, Build) and value.kind == "tuple":
        return all(may_be_of_point(a, defs) for a in value.items)
    if isinstance(index, Const):
        return index.value is None or index.value is Ellipsis
    return isinstance(value, Call) and works_by_element(value.fn)


def _is_of_places(value: Expr | None, defs: Mapping[Var, Expr]) -> bool:
    """Whether an index is an array of whole numbers, or a tuple of such, as NumPy's functions give them: ``np.argsort(x)``, ``np.nonzero(m)[0]``."""
    if not isinstance(value, Call):
        return False
    if isinstance(value.fn, Ref) and value.fn.obj is operator.getitem and isinstance(value.args[0], Var):
        value = defs.get(value.args[0])
        return isinstance(value, Call) and library_name(value) in ("nonzero", "where") and len(value.args) == 1
    return library_name(value) in PLACES or (library_name(value) == "where" and len(value.args) == 1)
