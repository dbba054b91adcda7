"""Names of CuPy as those of NumPy that they stand for: see ``tangentx.ir.libraries``.

cp.sin                                ==>   Ref(np.sin, "cp.sin", "numpy", "sin", library="cupy")
from cupyx.scipy.special import erf   ==>   Ref(special.erf, "erf", "scipy.special", "erf", library="cupy")
cp.asnumpy                            ==>   as it is: NumPy has no such function
"""

from __future__ import annotations

import sys
import types
from typing import Any

from tangentx.ir.libraries import ARRAY_LIBRARIES, lookup, twin_path
from tangentx.ir.nodes import Ref
from tangentx.rules.declare import identity, is_declared, refusals, refused, stand_in
from tangentx.rules.mutators import WRITES_ITS_ARGUMENT
from tangentx.rules.table import load_templates

__all__ = ["twin"]


def twin(ref: Ref) -> Ref:
    """The Ref of NumPy's function for one of an array library; any other as it is."""
    if isinstance(ref.obj, types.ModuleType):
        return ref
    library, module = twin_path(ref.module)
    attr = ref.attr
    if not library or lookup(ref.module, attr) is not ref.obj or ref.module not in _public(library):
        library, module, attr = _by_identity(ref.obj)
    found = lookup(module, attr) if library else None
    if library and found is None and callable(ref.obj) and not isinstance(ref.obj, type):
        refused(ref.obj, reason="NumPy has no function of that name", way_out="Keep it out of the function, or declare a rule with tangentx.adjoint.")
    if not library or (found is None and ref.obj is not None) or _has_a_rule(ref.obj) or _better_read(ref.obj, found, attr):
        return ref
    return Ref(found, ref.text, module, attr, library=library)


def _has_a_rule(obj: Any) -> bool:
    return callable(obj) and bool(twin_path(_home(obj))[0]) and is_declared(obj)


def _better_read(obj: Any, found: Any, attr: str) -> bool:
    """A function in Python, and NumPy's has no rule: the library's own source is differentiated."""
    if not isinstance(obj, types.FunctionType) or attr in WRITES_ITS_ARGUMENT["numpy"] or identity(found) in refusals():
        return False
    load_templates()
    return not is_declared(found) and stand_in(found) is None


def _home(obj: Any) -> str:
    module = getattr(obj, "__module__", None)
    return module if isinstance(module, str) else type(obj).__module__


def _public(library: str) -> list[str]:
    """The public modules of a library that are loaded."""
    names = tuple(ARRAY_LIBRARIES[library].values())
    return [name for name in sys.modules if name.startswith(names) and twin_path(name)[0] and not any(p.startswith("_") for p in name.split("."))]


def _by_identity(obj: Any) -> tuple[str, str, str]:
    """Where a function that was imported by its name is found: the library, the module that it stands for, the name."""
    library = twin_path(_home(obj))[0] if callable(obj) else ""
    for name in sorted(_public(library)) if library else ():
        for attr, value in vars(sys.modules[name]).items():
            if value is obj and not attr.startswith("_") and lookup(twin_path(name)[1], attr) is not None:
                return library, twin_path(name)[1], attr
    return "", "", ""
