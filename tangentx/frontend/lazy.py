"""What iterates lazily, as the generator expression that it means.

map(f, xs)                        (f(item) for item in xs)
filter(f, xs)                     (item for item in xs if f(item))
zip(xs, ys), enumerate(xs)  ==>   ((a, b) for a, b in zip(xs, ys))
itertools.product(xs, ys)         ((a, b) for a in xs for b in ys)
itertools.combinations(xs, 2)     ((a, b) for i, a in enumerate(xs) for b in xs[i + 1:])

What runs over numbers only (``product(range(3), range(4))``) stays as it is.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gast

from tangentx.frontend.liveness import target_names
from tangentx.frontend.nodes import load, store
from tangentx.frontend.places import placed
from tangentx.frontend.renamed import Renamed

__all__ = ["Lazy", "fused", "lazy"]


@dataclass(frozen=True)
class Lazy:
    """The tools: the object that a name means, a free name, the name of a value that is worked out before the loops."""

    static: Callable[[Any], Any]
    fresh: Callable[[str], str]
    bound: Callable[[Any], str]

    def number(self, node: Any) -> int | None:
        """The literal number that an expression is, if it is one."""
        return node.value if isinstance(node, gast.Constant) and type(node.value) is int else None

    def plain(self, node: Any) -> bool:
        """Whether an iterable holds numbers or texts that carry no derivative, as far as it can be seen."""
        if isinstance(node, gast.Call):
            return self.static(node.func) in (range, len) and all(isinstance(a, gast.expr) for a in node.args)
        return isinstance(node, gast.Constant)

    def sequence(self, node: Any) -> Any:
        """An expression that can be read often, and sliced."""
        if isinstance(node, gast.Name) and not self.plain(node):
            return node
        return load(self.bound(node))


def lazy(node: Any, tools: Lazy) -> Any:
    """The generator expression that a lazy call means; None if the expression is no such call."""
    if isinstance(node, gast.GeneratorExp):
        return node
    if not isinstance(node, gast.Call) or not isinstance(node.func, gast.Name | gast.Attribute):
        return None
    if any(isinstance(a, gast.Starred) for a in node.args):
        return None
    fn = tools.static(node.func)
    made = next((make for known, make in KNOWN if known is fn), None)
    if made is None or (getattr(fn, "__module__", "") == "itertools" and node.args and all(map(tools.plain, node.args))):
        return None
    found = made(node, tools)
    if found is not None:
        for generator in found.generators:
            generator.made = True
        placed(found, node)
    return found


def fused(stmt: Any, fresh: Callable[[str], str], static: Callable[[Any], Any]) -> Any:
    """``for t in map(f, xs)``, ``filter`` or a generator with one loop: what it works out is the first thing in the body."""
    plain = isinstance(stmt.iter, gast.Call) and static(stmt.iter.func) in (map, filter)
    made = lazy(stmt.iter, Lazy(static, fresh, lambda node: "")) if plain or isinstance(stmt.iter, gast.GeneratorExp) else None
    if made is None or len(made.generators) != 1:
        return stmt
    made = copy.deepcopy(made)
    generator = made.generators[0]
    renamed = Renamed({name: fresh(name) for name in target_names(generator.target)} if not plain else {})
    body = [gast.Assign([stmt.target], renamed.visit(made.elt), None), *stmt.body]
    for test in reversed(generator.ifs):
        body = [gast.If(renamed.visit(test), body, [])]
    loop = gast.For(renamed.visit(generator.target), generator.iter, body, stmt.orelse, None)
    return fused(placed(loop, stmt), fresh, static)


def _map(node: Any, tools: Lazy) -> Any:
    fn, *iterables = node.args
    if len(iterables) == 1:
        item = tools.fresh("item")
        return _generator(gast.Call(fn, [load(item)], []), (store(item), iterables[0]))
    items = [tools.fresh("item") for _ in iterables]
    return _generator(gast.Call(fn, [load(i) for i in items], []), (_targets(items), _zip(iterables)))


def _starmap(node: Any, tools: Lazy) -> Any:
    item = tools.fresh("item")
    starred = gast.Starred(load(item), gast.Load())
    return _generator(gast.Call(node.args[0], [starred], []), (store(item), node.args[1]))


def _filter(node: Any, tools: Lazy) -> Any:
    fn, iterable = node.args
    item = tools.fresh("item")
    test = load(item) if isinstance(fn, gast.Constant) and fn.value is None else gast.Call(fn, [load(item)], [])
    found = _generator(load(item), (store(item), iterable))
    found.generators[0].ifs.append(test)
    return found


def _pairs(node: Any, tools: Lazy) -> Any:
    """``zip`` and ``enumerate``: the loop over them is known."""
    count = 2 if tools.static(node.func) is enumerate else len(node.args)
    if not count or any(k.arg == "strict" for k in node.keywords):
        return None
    items = [tools.fresh("item") for _ in range(count)]
    return _generator(_tuple(items), (_targets(items), node))


def _itself(node: Any, tools: Lazy) -> Any:
    item = tools.fresh("item")
    return _generator(load(item), (store(item), node))


def _flat(parts: Any, tools: Lazy) -> Any:
    part, item = tools.fresh("part"), tools.fresh("item")
    return _generator(load(item), (store(part), parts), (store(item), load(part)))


def _product(node: Any, tools: Lazy) -> Any:
    iterables = list(node.args)
    if node.keywords:
        repeat = tools.number(node.keywords[0].value) if node.keywords[0].arg == "repeat" else None
        if repeat is None:
            return None
        iterables *= repeat
    items = [tools.fresh("item") for _ in iterables]
    sources = [a if tools.plain(a) else tools.sequence(a) for a in node.args] * (len(iterables) // max(len(node.args), 1))
    return _generator(_tuple(items), *((store(i), copy.deepcopy(s)) for i, s in zip(items, sources, strict=True)))


def _combinations(node: Any, tools: Lazy) -> Any:
    count = tools.number(node.args[1]) if len(node.args) == 2 else None
    if not count or count < 0:
        return None
    base = tools.sequence(node.args[0])
    again = tools.static(node.func) is itertools.combinations_with_replacement
    items, indices = [tools.fresh("item") for _ in range(count)], [tools.fresh("i") for _ in range(count - 1)]
    sources, start = [], None
    for k, item in enumerate(items):
        part = copy.deepcopy(base) if start is None else gast.Subscript(copy.deepcopy(base), gast.Slice(start, None, None), gast.Load())
        if k == count - 1:
            sources.append((store(item), part))
            break
        counted = gast.Call(load("builtins.enumerate"), [part, *([copy.deepcopy(start)] if start is not None else [])], [])
        sources.append((_targets([indices[k], item]), counted))
        start = load(indices[k]) if again else gast.BinOp(load(indices[k]), gast.Add(), gast.Constant(1, None))
    return _generator(_tuple(items), *sources)


def _pairwise(node: Any, tools: Lazy) -> Any:
    base = tools.sequence(node.args[0])
    items = [tools.fresh("item"), tools.fresh("item")]
    behind = gast.Subscript(copy.deepcopy(base), gast.Slice(gast.Constant(1, None), None, None), gast.Load())
    behind.early = True
    return _generator(_tuple(items), (_targets(items), _zip([base, behind])))


def _islice(node: Any, tools: Lazy) -> Any:
    bounds = [None if isinstance(a, gast.Constant) and a.value is None else a for a in node.args[1:]]
    start, stop, step = (None, bounds[0], None) if len(bounds) == 1 else (*bounds, None)[:3]
    item = tools.fresh("item")
    part = gast.Subscript(tools.sequence(node.args[0]), gast.Slice(start, stop, step), gast.Load())
    part.early = True
    return _generator(load(item), (store(item), part))


def _repeat(node: Any, tools: Lazy) -> Any:
    if len(node.args) != 2:
        return None
    value = tools.bound(node.args[0])
    times = gast.Call(load("builtins.range"), [node.args[1]], [])
    return _generator(load(value), (store(tools.fresh("_")), times))


def _generator(elt: Any, *sources: tuple[Any, Any]) -> Any:
    return gast.GeneratorExp(elt, [gast.comprehension(target, iterable, [], 0) for target, iterable in sources])


def _targets(names: list[str]) -> Any:
    return gast.Tuple([store(n) for n in names], gast.Store())


def _tuple(names: list[str]) -> Any:
    return gast.Tuple([load(n) for n in names], gast.Load())


def _zip(iterables: list[Any]) -> Any:
    return gast.Call(load("builtins.zip"), list(iterables), [])


def _chained(node: Any, tools: Lazy) -> Any:
    return _flat(gast.Tuple(list(node.args), gast.Load()), tools) if node.args else None


def _chained_from(node: Any, tools: Lazy) -> Any:
    return _flat(node.args[0], tools)


KNOWN: list[tuple[Any, Callable[[Any, Lazy], Any]]] = [
    (map, _map),
    (filter, _filter),
    (zip, _pairs),
    (enumerate, _pairs),
    (reversed, _itself),
    (itertools.starmap, _starmap),
    (itertools.chain, _chained),
    (itertools.product, _product),
    (itertools.combinations, _combinations),
    (itertools.combinations_with_replacement, _combinations),
    (itertools.islice, _islice),
    (itertools.repeat, _repeat),
]
if hasattr(itertools, "pairwise"):  # Python 3.10
    KNOWN.append((itertools.pairwise, _pairwise))
