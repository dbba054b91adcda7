"""tangentx: source-to-source automatic differentiation of plain Python and NumPy.

    import tangentx as tx

    df = tx.grad(f)          # a real Python function whose source is generated, readable Python
    print(tx.source(df))

Public names are loaded on first use, so that importing a generated module stays cheap.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "tangentx.api": ("grad", "hessian", "hvp", "jacobian", "jvp", "source", "value_and_grad", "vjp"),
    "tangentx.checking": ("CheckFailed", "GradReport", "check_grad"),
    "tangentx.insert": ("insert_grad_of",),
    "tangentx.runtime": ("stop_gradient",),
    "tangentx.rules.declare": ("adjoint", "constant", "d", "elementwise", "linear", "multilinear", "reduction", "tangent"),
    "tangentx.errors": ("TangentxError",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "CheckFailed", "GradReport", "TangentxError", "__version__", "adjoint", "check_grad", "constant", "d", "elementwise", "errors", "grad",
    "hessian", "hvp", "insert_grad_of", "jacobian", "jvp", "linear", "multilinear", "reduction", "source", "stop_gradient", "tangent",
    "value_and_grad", "vjp",
]  # fmt: skip

if TYPE_CHECKING:
    from tangentx import errors
    from tangentx.api import grad, hessian, hvp, jacobian, jvp, source, value_and_grad, vjp
    from tangentx.checking import CheckFailed, GradReport, check_grad
    from tangentx.errors import TangentxError
    from tangentx.insert import insert_grad_of
    from tangentx.rules.declare import adjoint, constant, d, elementwise, linear, multilinear, reduction, tangent
    from tangentx.runtime import stop_gradient


def __getattr__(name: str) -> Any:
    if name == "errors":
        return importlib.import_module("tangentx.errors")
    if name not in _HOME:
        raise AttributeError(f"module 'tangentx' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
