"""Array libraries with NumPy's functions under NumPy's names: inside of the compiler they are NumPy's.

    cp.linalg.solve     Ref(np.linalg.solve, "cp.linalg.solve", "numpy.linalg", "solve", library="cupy")

So rules, facts and passes know NumPy alone; the printer writes ``cp.linalg.solve``, of the module ``cupy.linalg``.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

from tangentx.ir.nodes import Ref

__all__ = ["ARRAY_LIBRARIES", "alias_of", "at_home", "lookup", "moved", "twin_path"]

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


def alias_of(ref: Ref) -> str:
    """``cp`` of ``cp.linalg.solve``, and where it is written otherwise."""
    rest = f"{ref.module}.{ref.attr}".removeprefix("numpy.")
    root = ref.text.removesuffix(f".{rest}")
    return root if ref.module.startswith("numpy") and root != ref.text and root.isidentifier() else "cp"


def moved(ref: Ref, library: str, alias: str) -> Ref:
    """A function of NumPy's that a rule names, as the one of another array library, if it has it: ``np.cos`` ==> ``cp.cos``."""
    if ref.library or ref.live or ref.module.partition(".")[0] not in ARRAY_LIBRARIES[library]:
        return ref
    text = f"{alias}.{ref.text.removeprefix('np.')}" if ref.text.startswith("np.") else ref.text
    found = replace(ref, text=text, library=library)
    return ref if at_home(found) is None else found


def lookup(module: str, path: str) -> Any:
    """``lookup("numpy.linalg", "solve")``; None where there is none."""
    try:
        found: Any = importlib.import_module(module)
    except ImportError:
        return None
    for part in path.split("."):
        found = getattr(found, part, None)
    return found
