"""Which expressions have no effect, so that their evaluation may be moved past other expressions."""

from __future__ import annotations

from tangentx.backend.operators import INPLACE, operator_of
from tangentx.ir.nodes import Attribute, Call, Expr, Method, Ref

__all__ = ["is_pure"]

_PURE_MODULES = ("operator", "_operator", "builtins", "math", "cmath", "numpy", "scipy", "cupy", "tangentx.runtime", "tangentx.callees")
_EFFECTS = {"print", "input", "next", "open", "setattr", "delattr", "exec", "eval", "iter", "__import__", "setitem", "delitem"}
_METHODS = {
    "all", "any", "argmax", "argmin", "astype", "clip", "conj", "conjugate", "copy", "count", "cumprod", "cumsum", "diagonal", "dot",
    "flatten", "get", "index", "item", "items", "keys", "lower", "max", "mean", "min", "prod", "ravel", "repeat", "reshape", "round",
    "squeeze", "std", "strip", "sum", "swapaxes", "take", "tolist", "trace", "transpose", "upper", "values", "var", "view",
}  # fmt: skip


def is_pure(value: Expr) -> bool:
    """Whether evaluating the expression itself (not its operands) has no effect and depends on nothing but them."""
    if not isinstance(value, Call):
        return not (isinstance(value, Ref) and value.live)
    if operator_of(value) in INPLACE:
        return False
    fn = value.fn
    if isinstance(fn, Attribute):
        return True
    if isinstance(fn, Method):
        return fn.name in _METHODS
    if not isinstance(fn, Ref) or fn.live or fn.attr in _EFFECTS:
        return False
    return fn.module.startswith(_PURE_MODULES) and "random" not in f"{fn.module}.{fn.attr}"
