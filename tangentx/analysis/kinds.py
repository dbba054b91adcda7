"""Names by which ``facts`` knows what a call gives: the kinds of values and the functions that make them.

np.mean(x)        a full reduction: a scalar          np.flip(x)        like x          np.linalg.qr(a)        a tuple
"""

from __future__ import annotations

import inspect
import itertools
import operator
import types
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque
from collections.abc import Mapping
from typing import Any, TypeGuard

import numpy as np

from tangentx.ir.nodes import Atom, Attribute, Call, Const, Expr, Method, Ref, Var

# packages whose functions are known by their names; of any other, a name says nothing
LIBRARIES = frozenset({"numpy", "math", "cmath", "operator", "_operator", "builtins", "scipy", "cupy", "tangentx"})
SCALARS = frozenset({"float", "int", "bool"})
INACTIVE = frozenset({"int", "bool", "str", "none"})
FULL_REDUCTIONS = frozenset({"sum", "mean", "prod", "var", "std", "max", "min", "amax", "amin", "ptp", "median", "average", "nansum", "nanmean"})
LIKE = frozenset({
    "adjoint_of", "cast_like", "zeros_like", "ones_like", "empty_like", "copy", "flip", "ascontiguousarray", "copied", "own_copy", "snapshot",
    "shown_items",
})  # fmt: skip
TUPLES = frozenset({
    "slogdet", "eigh", "qr", "svd", "split", "array_split", "hsplit", "vsplit", "dsplit", "filled", "meshgrid", "mesh", "broadcast_arrays",
    "divmod", "modf", "frexp",
})  # fmt: skip
ANNOTATIONS = {
    "tuple": "tuple", "float": "float", "int": "int", "bool": "bool", "str": "str",
    "np.ndarray": "array", "numpy.ndarray": "array", "ndarray": "array",
}  # fmt: skip
COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and_", "or_", "xor", "invert"})  # of arrays: element by element
ARRAY_RESULTS = (operator.sub, operator.truediv, operator.neg)  # of slices: not of lists, whatever is sliced
INT_RESULTS = (operator.add, operator.sub, operator.mul, operator.floordiv, operator.mod, operator.neg, operator.pos, abs, pow, operator.pow)
MAKES = {  # classes whose values are as lists or as dicts
    list: "list", tuple: "tuple", deque: "list", dict: "dict", defaultdict: "dict", OrderedDict: "dict", Counter: "dict",
}  # fmt: skip
JOINS = ("add", "mul", "iadd", "imul", "concat", "repeat")  # operators that join or repeat lists
# what is differentiated, or stands beside it, in programs that know no classes of their own; and the names of what that has
VALUES = (np.ndarray, list, tuple, dict, str, bytes, set, deque, int, float, complex)
MEMBERS = frozenset(name for kind in VALUES for name in dir(kind))
# what these give is new, asked of a value or of an array module
OF_NUMBERS = frozenset(name for kind in (np.ndarray, str, float, complex) for name in dir(kind))
OF_NUMBERS |= {name for name in dir(np) if isinstance(getattr(np, name), np.ufunc)} - {"add"} | {"empty", "full", "isdtype", "ones", "zeros"}
# helpers whose result is the container that their second argument is
ALIKE = frozenset({"each", "packed", "unblock", "unchoose", "unjoin", "unmesh", "unmulti_dot", "unrepeat"})
ITERATORS = frozenset(
    {"zip", "reversed", "values", "items", "enumerate", "iter", "nditer", "ndenumerate", "map", "filter"}
)  # these have no items by index
GIVEN = frozenset({
    "as_strided", "next", "getattr", "trim_zeros", "frombuffer", "histogram", "histogram2d", "histogramdd", "histogram_bin_edges",
})  # fmt: skip  # what they give is in what they are given
IDLE = {"matrix_power": 1, "fractional_matrix_power": 1, "diff": 0, "polyder": 0, "polyint": 0}  # how often they do something: then they do nothing

# what they give reads later what they are given
READ_LATER = (
    zip, map, filter, enumerate, reversed, iter, memoryview, types.MappingProxyType, ChainMap,
    np.nditer, np.ndenumerate, np.broadcast, np.ma.array, np.ma.asarray, np.ma.asanyarray, np.ma.masked_array,
)  # fmt: skip


def library_name(call: Call) -> str:
    """What is called, if that is a function of a library, or a method as arrays and containers have it; "" if it is one of the user's."""
    if isinstance(call.fn, Ref):
        return call.fn.attr.rpartition(".")[2] if call.fn.module.partition(".")[0] in LIBRARIES else ""
    return call.fn.name if isinstance(call.fn, Method | Attribute) and not call.fn.own else ""


def is_part(value: Any) -> TypeGuard[Call]:
    """Whether this makes a slice: what it is an index of is asked for a part, not for an item."""
    return isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.obj is slice


def is_iterator(atom: Atom, defs: Mapping[Var, Expr]) -> bool:
    """Whether something gives its items one by one, and cannot be asked for one by an index."""
    value = defs.get(atom) if isinstance(atom, Var) else None
    if isinstance(value, Var):
        return is_iterator(value, defs)
    if not isinstance(value, Call):
        return False
    made = isinstance(value.fn, Ref) and value.fn.attr == "object.__new__"  # an object with an __iter__
    return library_name(value) in ITERATORS or is_late(value) or made


def is_generator(obj: Any) -> TypeGuard[types.FunctionType]:
    return isinstance(obj, types.FunctionType) and inspect.isgeneratorfunction(obj)


def is_late(value: Expr) -> TypeGuard[Call]:
    """Whether what an expression gives reads later what it is made of."""
    obj = value.fn.obj if isinstance(value, Call) and isinstance(value.fn, Ref) else None
    if obj is None:
        return False
    chained = isinstance(obj, types.BuiltinMethodType) and obj.__self__ is itertools.chain  # chain.from_iterable
    return is_generator(obj) or any(obj is f for f in READ_LATER) or chained or (isinstance(obj, type) and obj.__module__ == "itertools")


def hands_on(name: str, call: Call) -> bool:
    """Whether a call may give its operand, or a part of it, as the values are: of real numbers ``conj()``, of a power the first."""
    if isinstance(call.fn, Method):
        return name in ("conj", "conjugate")
    if isinstance(call.fn, Ref) and call.fn.module == "builtins" and name in ("max", "min", "sum"):
        return name != "sum" or len(call.args) + len(call.kwargs) > 1  # with nothing to add it is what it begins with
    if isinstance(call.fn, Ref) and isinstance(call.fn.obj, type) and issubclass(call.fn.obj, np.generic):
        return True  # np.float64 of an array of such numbers is that array
    times = [*call.args[1:2], *(a for k, a in call.kwargs if k in ("n", "m"))]
    idle = name in IDLE and bool(times) and (not isinstance(times[0], Const) or times[0].value == IDLE[name])
    return idle or name in GIVEN or (name == "einsum" and _of_one_array(call))


def _of_one_array(call: Call) -> bool:
    """Whether ``np.einsum`` is given one array, behind a text or in front of lists of axes: then its value may be a view."""
    said = isinstance(call.args[0], Const) and isinstance(call.args[0].value, str) if call.args else True
    return len(call.args) == 2 or (len(call.args) == 3 and not said)


def keeps_axes(call: Call) -> bool:
    """Whether a reduction is asked for anything but one number."""
    given = [*call.args[1:], *(a for name, a in call.kwargs if name != "dtype")]
    return any(not (isinstance(a, Const) and (a.value is None or a.value is False)) for a in given)


def sliced(shape: Any) -> bool:
    """Whether this is the shape of what a slice takes out of something."""
    return _begins(shape, "part") and any(_begins(key, "trimmed", "slice") for key in (shape[2], *shape[2]))


def _begins(key: Any, *words: str) -> bool:
    """Whether it is a tuple that begins so: not a name, which is a tuple, too."""
    return isinstance(key, tuple) and not isinstance(key, Var) and key[:1] != () and key[0] in words


def works_by_element(fn: Any) -> bool:
    """Whether it is a comparison, or a function of NumPy's that works element by element, with one result."""
    if not isinstance(fn, Ref) or fn.module == "operator":
        return isinstance(fn, Ref) and fn.attr in COMPARISONS
    return isinstance(fn.obj, np.ufunc) and fn.obj.nout == 1 and fn.obj.signature is None


def gives_pairs(value: Expr | None) -> bool:
    """Whether this makes the first half, or the function with tangents, of a function that is known while running: they return pairs."""
    return isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module == "tangentx.callees" and value.fn.attr != "method"


def hashable(obj: Any) -> bool:
    """Whether an object can be compared by its hash."""
    try:
        hash(obj)
    except TypeError:
        return False
    return True
