"""Which calls may be removed when nobody reads their result, and which give the same value when asked twice."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from tangentx.ir.nodes import Attribute, Build, Call, Expr, Local, Method, Ref
from tangentx.rules.mutators import ACTS_OUTSIDE

__all__ = ["is_pure", "is_repeatable"]

LIBRARIES = ("numpy", "math", "cmath", "operator", "builtins", "tangentx.runtime", "tangentx.callees", "tangentx.api", "cupy", "scipy")
IMPURE_MODULES = ("numpy.random", "numpy.testing", "cupy.random", "scipy.stats")
IMPURE_NAMES = ACTS_OUTSIDE | frozenset({
    "iter", "setattr", "delattr", "setitem", "delitem", "copyto", "put", "put_along_axis", "place", "putmask", "fill_diagonal", "at",
    "check_real", "check_reals", "check_inputs", "check_arrays", "check_floats", "check_held", "check_layout", "check_objects", "check_real_objects",
    "check_operands", "check_left", "array_module", "check_bools", "check_first", "check_dtype", "check_fractions", "check_power",
    "check_given", "check_handed", "check_context", "as_it_is", "check_answers", "check_number", "undefined",
})  # fmt: skip
IMPURE_METHODS = frozenset({"fill", "sort", "partition", "put", "itemset", "resize", "setfield", "setflags", "byteswap", "tofile", "dump"})
# each call makes a new array, that somebody may write into
CREATION = frozenset({
    "zeros", "ones", "empty", "full", "zeros_like", "ones_like", "empty_like", "full_like", "copy", "array", "asarray", "arange", "linspace",
    "eye", "identity", "list", "dict", "set", "bytearray", "deepcopy", "add", "add_at", "put_at", "errstate",
})  # fmt: skip
# `x += e` on a whole name is a new value (analysis/aliases sees to that), but not one to be had twice
INPLACE = frozenset({
    "iadd", "isub", "imul", "itruediv", "ipow", "ifloordiv", "imod", "imatmul", "iand", "ior", "ixor", "ilshift", "irshift", "iconcat",
})  # fmt: skip
PURE_TYPES = (np.ndarray, np.generic, int, float, complex, str, bytes, tuple, range, bool)


def is_pure(value: Expr) -> bool:
    """Whether nothing is lost when the expression is not evaluated: a function of a library that has no effect.

    >>> is_pure(Call(Ref(np.sin, "np.sin", "numpy", "sin"))), is_pure(Call(Ref(print, "print", "builtins", "print")))
    (True, False)
    """
    if not isinstance(value, Call):
        return True
    if any(name == "out" for name, _ in value.kwargs):
        return False
    fn = value.fn
    if isinstance(fn, Local | Attribute):
        return not getattr(fn, "effects", False)
    if isinstance(fn, Method):
        return fn.name not in IMPURE_METHODS and _is_method(fn.name)
    return isinstance(fn, Ref) and _is_library(fn)


def is_repeatable(value: Expr) -> bool:
    """Whether evaluating it again gives an equal value that may be shared: pure, and not the making of a new array."""
    if isinstance(value, Build):
        return value.kind == "tuple"
    if not isinstance(value, Call) or isinstance(value.fn, Local) or not is_pure(value):
        return False
    fn = value.fn
    if isinstance(fn, Ref) and fn.module == "operator":
        return fn.attr not in INPLACE
    return not (isinstance(fn, Ref | Method) and _last_name(fn) in CREATION)


def _last_name(fn: Ref | Method) -> str:
    return fn.name if isinstance(fn, Method) else fn.attr.rpartition(".")[2]


@cache
def _is_method(name: str) -> bool:
    return any(hasattr(t, name) for t in PURE_TYPES)


def _is_library(fn: Ref) -> bool:
    if fn.live or _last_name(fn) in IMPURE_NAMES:
        return False
    return _within(fn.module, LIBRARIES) and not _within(f"{fn.module}.{fn.attr}", IMPURE_MODULES) and not _within(_home(fn.obj), IMPURE_MODULES)


def _home(obj: Any) -> str:
    bound = getattr(obj, "__self__", None)
    return getattr(obj, "__module__", None) or (type(bound).__module__ if bound is not None else "") or ""


def _within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == p or module.startswith(f"{p}.") for p in packages)
