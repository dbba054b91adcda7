"""Array libraries with NumPy's functions under NumPy's names: inside of the compiler they are NumPy's.

    cp.linalg.solve     Ref(np.linalg.solve, "cp.linalg.solve", "numpy.linalg", "solve", library="cupy")

So rules, facts and passes know NumPy alone; the printer writes ``cp.linalg.solve``, of the module ``cupy.linalg``.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

from tangentx.ir.nodes import Ref

__all__ = ["ARRAY_LIBRARIES", "at_home", "lookup", "twin_path"]

# library -> for each of ours the name of its twin
ARRAY_LIBRARIES: dict[str, dict[str, str]] = {"cupy": {"numpy": "cupy", "scipy": "cupyx.scipy"}}


def twin_path(module: str) -> tuple[str, str]:
    """The library that a module belongs to, and the module of NumPy's or SciPy's that it stands for; ("", "") if none.

    >>> twin_path("cupyx.scipy.special"), twin_path("numpy")
    (('cupy', 'scipy.special'), ('', ''))
    """
    for library, homes in ARRAY_LIBRARIES.items():
        for ours, theirs in homes.items():
            if module == theirs or module.startswith(f"{theirs}."):
                return library, ours + module.removeprefix(theirs)
    return "", ""


def at_home(ref: Ref) -> Ref | None:
    """The Ref of the library itself; None where it has no such function."""
    root, _, rest = ref.module.partition(".")
    theirs = ARRAY_LIBRARIES[ref.library].get(root, "")
    module = f"{theirs}.{rest}" if rest else theirs
    found = lookup(module, ref.attr) if theirs else None
    return None if found is None and ref.obj is not None else replace(ref, obj=found, module=module, library="")


def lookup(module: str, path: str) -> Any:
    """``lookup("numpy.linalg", "solve")``; None where there is none."""
    try:
        found: Any = importlib.import_module(module)
    except ImportError:
        return None
    for part in path.split("."):
        found = getattr(found, part, None)
    return found
