"""What a module that stands alone carries in place of helpers of the same names, where its functions ask no argument for an attribute of its own:
numbers, arrays, and lists, tuples and dicts of these come in there, and nothing else is let in.

Objects of the user's, which the other helpers know how to look into, need them to be known by an annotation: then they are asked for attributes.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np

from tangentx.errors import ArgumentError
from tangentx.runtime.checks import check_cotangent
from tangentx.runtime.contents import with_items

__all__ = ()  # nobody imports them: see backend/standalone

HOMES = ("builtins", "numpy", "scipy", "cupy", "pandas")


def check_inputs(*others: Any, **values: Any) -> None:
    """``check_inputs(w, x=x)``: x can be differentiated; it and w are numbers, arrays, or lists, tuples and dicts of these."""
    check_values(others, values, "fc")


def check_reals(*others: Any, **values: Any) -> None:
    """``check_reals(w, x=x)``: the same where the value is sure to be real only if they are."""
    check_values(others, values, "f")


def check_operands(*values: Any) -> None:
    """``check_operands(w)``: w is a number, an array, or a list, tuple or dict of these."""
    for value in values:
        refuse_unknown(value)


def check_protocols(x: Any) -> None:
    """What x[i] means is what arrays, lists and dicts mean."""
    refuse_unknown(x)


def check_values(others: tuple[Any, ...], values: dict[str, Any], kinds: str) -> None:
    """Values of classes whose operators are known; those with names are of these kinds of dtype, whole numbers in containers apart."""
    for value in (*others, *values.values()):
        refuse_unknown(value)
    for name, value in values.items():
        kind = "" if isinstance(value, list | tuple | dict | deque) else np.asarray(value).dtype.kind if type(value) is not float else "f"
        if kind and kind not in kinds:
            if kind == "c":
                raise ArgumentError(f"argument {name} is complex, and then the value may be complex, too: grad needs a real one")
            what = getattr(value, "dtype", type(value).__name__)
            raise ArgumentError(f"argument {name} is of type {what} and has no derivative: pass 1.0 * {name}")


def refuse_unknown(value: Any) -> None:
    """An object whose class is not known may mean anything by ``+``, and a matrix means another product by ``*``."""
    cls = type(value)
    if (cls is not deque and cls.__module__.partition(".")[0] not in HOMES) or cls.__name__.endswith("matrix"):
        reason = f"an argument is a {cls.__name__}, no number, array, or list, tuple or dict of these"
        raise ArgumentError(reason, None, "Annotate the parameter with its class and make this module again, or pass an array.")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple | deque) else ():
        refuse_unknown(part)


def check_tangent(x: Any, x_dot: Any, name: str = "tangent") -> None:
    """A tangent has the structure and the shapes of its argument."""
    refuse_unknown(x)
    check_cotangent(x, x_dot, name)


def parts(value: Any) -> list[tuple[Any, Any]] | None:
    """``(key, item)`` of a list, tuple or dict; None of anything else."""
    if isinstance(value, list | tuple | deque):
        return list(enumerate(value))
    return list(value.items()) if isinstance(value, dict) else None


def attributes(value: Any) -> None:
    """No attributes: there are no objects here."""


def rebuilt(like: Any, items: list[Any]) -> Any:
    """A container as ``like`` with other items, in the order of ``parts``."""
    if isinstance(like, dict):
        return with_items(like, zip(like, items))
    if isinstance(like, deque):
        return deque(items, like.maxlen)
    return type(like)(*items) if hasattr(like, "_fields") else type(like)(items)


def same_class(like: Any, pairs: list[tuple[Any, Any]], copy_of: Any) -> Any:
    """A copy of a container from copies of its parts."""
    return with_items(like, pairs) if isinstance(like, dict) else rebuilt(like, [item for _, item in pairs])


def zeros_like(x: Any) -> Any:
    """The adjoint zero of a value: 0.0 of a number, float zeros of an array, the same structure of a container."""
    if isinstance(x, float | int) or type(x) is complex:
        return 0j if type(x) is complex else 0.0
    x = x.copy() if isinstance(x, np.flatiter) else x
    if isinstance(getattr(x, "dtype", None), np.dtype):
        return x.dtype.type(0) if isinstance(x, np.inexact) else np.zeros_like(x, dtype=None if x.dtype.kind in "fc" else float)
    if isinstance(x, dict):
        return {key: zeros_like(item) for key, item in x.items()}
    children = parts(x)
    return x if children is None else rebuilt(x, [zeros_like(child) for _, child in children])
