"""What is worked out for each part of a display and unpacked at once, written out.

a, b = map(np.asarray, (a, b))                ==>     a, b = np.asarray(a), np.asarray(b)
p, q = [t * t for t in (x, y)]                ==>     p, q = x * x, y * y
p, q = map(float, row)                        ==>     p, q = [float(item) for item in row]
"""

from __future__ import annotations

import copy
from typing import Any

import gast

from tangentx.frontend.renamed import Renamed

__all__ = ["unrolled"]

DISPLAYS = gast.Tuple | gast.List


def unrolled(lowering: Any, target: Any, node: Any) -> Any:
    """The expression that a target with parts is assigned, as a display where it is known to be one."""
    if not isinstance(target, DISPLAYS) or any(isinstance(t, gast.Starred) for t in target.elts):
        return node
    inner = node
    if isinstance(node, gast.Call) and len(node.args) == 1 and not node.keywords and lowering.static_object(node.func) in (list, tuple):
        inner = node.args[0]
    made = gast.GeneratorExp(inner.elt, inner.generators) if isinstance(inner, gast.ListComp) else lowering.lazy(inner)
    if made is None:
        return node
    generator, *more = made.generators
    plain = not more and not generator.ifs and isinstance(generator.target, gast.Name)
    parts = generator.iter.elts if plain and isinstance(generator.iter, DISPLAYS) else []
    if len(parts) != len(target.elts) or any(isinstance(p, gast.Starred) for p in parts):
        return gast.copy_location(gast.ListComp(made.elt, made.generators), node)
    keys = [lowering.key_of(part, generator.target.id) for part in parts]
    found = [Renamed({generator.target.id: key}).visit(copy.deepcopy(made.elt)) for key in keys]
    return gast.copy_location(gast.Tuple(found, gast.Load()), node)
