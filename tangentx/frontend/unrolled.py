"""What is worked out for each part of a display and unpacked at once, written out.

a, b = map(np.asarray, (a, b))                ==>     a, b = np.asarray(a), np.asarray(b)
p, q = [t * t for t in (x, y)]                ==>     p, q = x * x, y * y
p, q = map(float, row)                        ==>     p, q = [float(item) for item in row]
for g in (np.sin, lambda t: t * x): ...       ==>     the body for np.sin, then for the lambda
for q in (u, v): q[0] = 0.0                   ==>     u[0] = 0.0; v[0] = 0.0            which array it is, is known
[lambda t, k=k: t * k for k in range(3)]      ==>     a display of three lambdas
"""

from __future__ import annotations

import copy
from typing import Any

import gast

from tangentx.frontend.inner import Known, held
from tangentx.frontend.known import kept, parts
from tangentx.frontend.liveness import target_names
from tangentx.frontend.makes import means_function
from tangentx.frontend.places import placed
from tangentx.frontend.renamed import Renamed
from tangentx.frontend.specialise import may_be_callable
from tangentx.frontend.spread import written_out
from tangentx.ir.nodes import Build, Const, Var
from tangentx.rules.mutators import CHANGES_ITS_OBJECT, WRITES_ITS_ARGUMENT

__all__ = ["known_items", "made_functions", "put", "unrolled"]

DISPLAYS = gast.Tuple | gast.List


def unrolled(lowering: Any, target: Any, node: Any) -> Any:
    """The expression that a target with parts is assigned, as a display where it is known to be one."""
    if isinstance(target, gast.Name) and (made := _for_a_star(lowering, target, node)) is not None:
        return made
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


def _for_a_star(lowering: Any, target: Any, node: Any) -> Any:
    """What a wrapper makes of its arguments and hands on: ``args = tuple(np.asarray(a) for a in args)``."""
    if not isinstance(node, gast.ListComp) and lowering.static_object(getattr(node, "func", None)) not in (list, tuple):
        return None
    name = target.id.partition("@")[0]
    stars = (n for n in gast.walk(lowering.source_of(node).node) if isinstance(n, gast.Starred) and isinstance(n.ctx, gast.Load))
    if not any(getattr(n.value, "id", "") == name for n in stars) or (found := written_out(lowering, node)) is None:
        return None
    kind = gast.List if isinstance(node, gast.ListComp) or lowering.static_object(node.func) is list else gast.Tuple
    return placed(kind(found, gast.Load()), node)


def known_items(lowering: Any, loop: Any) -> list[Any] | None:
    """The items of a loop over local functions, or over a display of arrays that it writes; None if it is another loop."""
    if _over_functions(lowering, loop.iter) or (_is_display(lowering, loop.iter) and _writes_items(loop)):
        return _items(lowering, loop.iter)
    return None


def put(lowering: Any, target: Any, found: Any, node: Any) -> None:
    """The target of such a loop gets an item; a pair that is written out is taken apart here."""
    pair = lowering.built.get(found) if isinstance(found, Var) else None
    if isinstance(target, gast.Name):
        lowering.env[target.id] = found
    elif pair is not None and pair.kind == "tuple" and isinstance(target, DISPLAYS) and len(pair.items) == len(target.elts):
        for part, one in zip(target.elts, pair.items, strict=True):
            put(lowering, part, one, node)
    else:
        lowering.bind(target, found, node)


def made_functions(lowering: Any, node: Any) -> list[Any] | None:
    """The items of a comprehension that makes local functions; None if it is another one."""
    own = {name for generator in node.generators for name in target_names(generator.target)}

    def judged(part: Any) -> bool:
        if isinstance(part, gast.Name) and part.id in own:
            return any(_over_functions(lowering, generator.iter) for generator in node.generators[:1])
        return own.isdisjoint(n.id for n in gast.walk(getattr(part, "func", part)) if isinstance(n, gast.Name)) and may_be_callable(lowering, part)

    if not means_function(node.elt, judged):
        return None
    found: list[Any] = []
    elt, steps = lowering._steps(node)
    before = set(lowering.env)

    def run(rest: list[Any]) -> None:
        if not rest:
            found.append(lowering.argument(elt))
            return
        items = _items(lowering, rest[0].iter) if isinstance(rest[0], gast.For) else None
        if items is None:
            hint = "Let it run over a range of constants, or a display, without an if."
            raise lowering.refuse("how many local functions this makes is not known while transforming", node, hint)
        for one in items:
            put(lowering, rest[0].target, one, node)
            run(rest[1:])

    run(steps)
    needed = held(lowering.env, *found, *lowering.env.values())
    lowering.env = {name: value for name, value in lowering.env.items() if name in before or name in needed}
    return found


def _over_functions(lowering: Any, node: Any) -> bool:
    """Whether what a loop runs over holds local functions."""
    if isinstance(node, gast.Call) and lowering.static_object(node.func) in (zip, enumerate, reversed, list, tuple):
        return any(_over_functions(lowering, a) for a in node.args)
    return may_be_callable(lowering, node)


def _is_display(lowering: Any, node: Any) -> bool:
    """Whether what a loop runs over is written out: ``(u, v)``, a name for that, ``zip((u, v), (1.0, 2.0))``."""
    if isinstance(node, gast.Call):
        fn = lowering.static_object(node.func)
        known = fn in (zip, enumerate, reversed) and bool(node.args) and not any(k.arg == "strict" for k in node.keywords)
        return known and all(_is_display(lowering, a) for a in node.args[: None if fn is zip else 1])
    if isinstance(node, gast.Name):
        built = lowering.built.get(lowering.env.get(node.id))
        return built is not None and built.kind == "tuple"
    return isinstance(node, DISPLAYS) and not any(isinstance(item, gast.Starred) for item in node.elts)


def _writes_items(loop: Any) -> bool:
    """Whether the body writes into an item under its own name, and is not left early."""
    own = target_names(loop.target)
    nodes = [n for s in loop.body for n in gast.walk(s)]

    def is_item(node: Any) -> bool:
        while isinstance(node, gast.Subscript | gast.Attribute):
            node = node.value
        return isinstance(node, gast.Name) and node.id in own

    def writes(node: Any) -> bool:
        if isinstance(node, gast.Call):
            first = node.func.value if isinstance(node.func, gast.Attribute) else None
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            into = [k.value for k in node.keywords if k.arg == "out"] + ([first] if name in CHANGES_ITS_OBJECT else [])
            return any(map(is_item, into)) or (name in WRITES_ITS_ARGUMENT["numpy"] and bool(node.args) and is_item(node.args[0]))
        if isinstance(node, gast.AugAssign):
            return is_item(node.target)
        return isinstance(node, gast.Subscript | gast.Attribute) and isinstance(node.ctx, gast.Store) and is_item(node)

    return any(map(writes, nodes)) and not any(isinstance(n, gast.Break) for n in nodes)


def _items(lowering: Any, node: Any) -> list[Any] | None:
    """The items of ``zip(fs, [1.0, x])``, ``fs``, ``range(3)`` ... where each of them is known."""
    fn = lowering.static_object(node.func) if isinstance(node, gast.Call) else None
    if fn is range and not node.keywords:
        bounds = [lowering.atom(a) for a in node.args]
        if not all(isinstance(b, Const) and isinstance(b.value, int) for b in bounds):
            return None
        return [Const(k) for k in range(*(b.value for b in bounds))]
    if fn in (zip, enumerate, reversed, list, tuple) and all(k.arg == "start" for k in node.keywords):
        return _combined(lowering, fn, node)
    value = lowering.value(node)
    if isinstance(value, Known):
        return parts(value)
    if isinstance(value, Build):
        return list(value.items) if value.kind in ("list", "tuple") else None
    built = lowering.built.get(value)
    return list(built.items) if built is not None and built.kind == "tuple" else None


def _combined(lowering: Any, fn: Any, node: Any) -> list[Any] | None:
    found = [_items(lowering, a) for a in node.args[: None if fn is zip else 1]]
    if any(items is None for items in found):
        return None
    if fn is enumerate:
        start = [lowering.atom(a) for a in (*node.args[1:], *(k.value for k in node.keywords))] or [Const(0)]
        if not isinstance(start[0], Const):
            return None
        found = [[Const(start[0].value + k) for k in range(len(found[0] or ()))], *found]
    if fn in (zip, enumerate):
        return [kept("tuple", list(row)) for row in zip(*(items or () for items in found), strict=False)]
    items = list(found[0] or ())
    return items[::-1] if fn is reversed else items
