"""Stars in calls and displays, where the parts are known; ``first, *rest = xs``.

args = (x, 2.0); f(*args)                ==>     f(x, 2.0)
f(*p)       with def f(a, b)                     a, b = p; f(a, b)
f(*p)       with def f(a, b=1.0)                 f(p[0], p[1] if len(p) > 1 else 1.0)
f(**{"k": v})                                    f(k=v)
first, *rest, last = xs                          first = xs[0]; rest = [item for item in xs[1:-1]]; last = xs[-1]
"""

from __future__ import annotations

import copy
import inspect
import operator
import types
from typing import Any

import gast

from tangentx.errors import TangentxError
from tangentx.frontend.inner import Choice, Closure, Derivative, Display, Known
from tangentx.frontend.keywords import only_read
from tangentx.frontend.known import kept
from tangentx.frontend.nodes import load
from tangentx.frontend.params import parameters as defined
from tangentx.frontend.renamed import Renamed
from tangentx.frontend.source import read
from tangentx.ir.nodes import Assert, Atom, Build, Call, Const, Expr, Ref, Unpack, Var

__all__ = [
    "behind_star", "given", "keywords_of", "known_items", "known_parts", "known_rest", "known_truth", "merged_items", "own_class", "parameters",
    "positions_of", "split_target",
]  # fmt: skip

COMPARED = {"Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt, "GtE": operator.ge}
PLAIN = (type, int, float, bool, str, type(None))  # of defaults; a class: there is none
DISPLAYS = gast.Tuple | gast.List | gast.Set
POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


Words = dict[str, Atom | None]  # parameters by name, with their defaults


def given(
    lowering: Any, node: Any, names: list[str] | None, words: Words | None = None, places: Words | None = None
) -> tuple[list[Any], dict[str, Any]]:
    """The arguments of a call, stars written out; ``names`` are the parameters that take a star of unknown length, ``places`` with
    defaults, ``words`` those that take a dict with unknown keys.

    Raises:
        UnsupportedSyntax: how many arguments a star stands for cannot be told.
    """
    positional: list[Any] = []
    for k, arg in enumerate(node.args):
        if not isinstance(arg, gast.Starred):
            positional.append(lowering.argument(arg))
            continue
        parts = known_parts(lowering, arg.value)
        if parts is None:
            taken = [name for word in node.keywords for name in _names_given(lowering, word)]
            last = k == len(node.args) - 1
            rest = None if names is None or not last else [n for n in names[len(positional) :] if n not in taken]
            if rest is None and places is not None and last and None not in taken:
                parts = _counted(lowering, arg, {n: places[n] for n in [*places][len(positional) :] if n not in taken})
            else:
                parts = _unpacked(lowering, arg, rest)
        positional += parts
    keywords: dict[str, Any] = {}
    for word in node.keywords:
        found = {word.arg: lowering.argument(word.value)} if word.arg is not None else known_items(lowering, word.value)
        if found is None and words is not None and word is node.keywords[-1]:
            found = _looked_up(lowering, word.value, {k: v for k, v in words.items() if k not in [*list(words)[: len(positional)], *keywords]})
        if found is None:
            raise lowering.refuse("what ** stands for is not known while transforming", word.value, "Write the keyword arguments out.")
        if twice := next((key for key in found if key in keywords), None):
            raise lowering.refuse(f"the argument {twice!r} is given twice", node, "Give it once.")
        keywords.update(found)
    return positional, keywords


def _names_given(lowering: Any, word: Any) -> list[str | None]:
    """The parameters that a keyword of a call gives; None for a dict of which the keys are not known."""
    built = _built(lowering, word.value) if word.arg is None else None
    keys = [] if built is None else [k.value for k in built.items[::2] if isinstance(k, Const) and isinstance(k.value, str)]
    return [word.arg] if built is None or 2 * len(keys) < len(built.items) else list(keys)


def parameters(fn: Any) -> list[str] | None:
    """The parameters of a callable that a star of unknown length fills: all of them, if none has a default or takes the rest."""
    if not isinstance(fn, Ref):
        return None
    if (count := getattr(fn.obj, "nin", None)) is not None:
        return [f"x{k + 1}" for k in range(count)]
    try:
        found = inspect.signature(fn.obj).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(p.kind is p.VAR_POSITIONAL or (p.kind in POSITIONAL and p.default is not p.empty) for p in found):
        return None
    return [p.name for p in found if p.kind in POSITIONAL]


def own_class(lowering: Any, fn: Any) -> Any:
    """``cls`` in a class method is the class that this stands in, as far as the number of its arguments goes, or a subclass that takes as many."""
    source = lowering.source
    args = source.node.args.args
    if not isinstance(fn, Var) or fn.version or not args or fn.base != args[0].id or "." not in source.qualname:
        return fn
    owner = source.globals.get(source.qualname.split(".")[-2])
    found = vars(owner).get(source.function.__name__) if isinstance(owner, type) else None
    own = isinstance(found, classmethod) and found.__func__ is source.function
    return Ref(owner, fn.base, source.module, source.qualname.split(".")[-2]) if own else fn


def keywords_of(fn: Any, kinds: tuple[Any, ...] = (*POSITIONAL, inspect.Parameter.KEYWORD_ONLY)) -> Words | None:
    """The parameters of a callable of the user's that a dict with unknown keys fills; None if it takes any, or not all are known."""
    called = types.FunctionType | types.MethodType | type
    if not isinstance(fn, Ref) or not isinstance(fn.obj, called) or (fn.module or "").partition(".")[0] in ("numpy", "scipy", "builtins"):
        return None
    try:
        found = inspect.signature(fn.obj, follow_wrapped=False).parameters.values()
        source = read(fn.obj) if isinstance(fn.obj, types.FunctionType) and any(type(p.default) not in PLAIN for p in found) else None
    except (TypeError, ValueError, TangentxError):
        return None
    if any(p.kind not in (*POSITIONAL, p.KEYWORD_ONLY) or (source is None and type(p.default) not in PLAIN) for p in found):
        return None
    if source is not None:  # the others stand in the function
        return {p.var.base: p.default for p, own in zip(defined(source), found, strict=True) if own.kind in kinds}
    return {p.name: None if p.default is p.empty else Const(p.default) for p in found if p.kind in kinds}


def positions_of(fn: Any) -> Words | None:
    """Those of them that are given by position."""
    return keywords_of(fn, POSITIONAL)


def _looked_up(lowering: Any, node: Any, words: Words) -> dict[str, Atom]:
    """The items of a dict that these parameters get: ``d[k]``, or the default where there is no such key."""
    source = lowering.atom(node)

    def item(name: str) -> Atom:
        found: Atom = lowering.emit(Call(Ref(operator.getitem, "[]", "operator", "getitem"), (source, Const(name))), node, name)
        return found

    def either(name: str, default: Atom) -> Atom:
        test = lowering.emit(Call(Ref(operator.contains, "in", "operator", "contains"), (source, Const(name))), node)
        found: Atom = lowering._choice(test, lambda: item(name), lambda: default, node, name)
        return found

    return {name: item(name) if default is None else either(name, default) for name, default in words.items()}


def _counted(lowering: Any, arg: Any, words: Words) -> list[Atom]:
    """The items of a sequence that these parameters get: ``xs[1]``, or the default where there are no more."""
    source = lowering.sequence(arg.value)
    count = lowering.emit(Call(Ref(len, "len", "builtins", "len"), (source,)), arg)

    def test(function: Any, text: str, k: int) -> Atom:
        found: Atom = lowering.emit(Call(Ref(function, text, "operator", function.__name__), (count, Const(k))), arg)
        return found

    def item(k: int, name: str) -> Atom:
        found: Atom = lowering.emit(Call(Ref(operator.getitem, "[]", "operator", "getitem"), (source, Const(k))), arg, name)
        return found

    lowering.out.append(Assert(test(operator.le, "<=", len(words)), None, lowering.place(arg)))
    found: list[Atom] = []
    for k, (name, default) in enumerate(words.items()):
        if default is None:
            found.append(item(k, name))
        else:
            found.append(lowering._choice(test(operator.gt, ">", k), lambda k=k, name=name: item(k, name), lambda d=default: d, arg, name))
    return found


def known_parts(lowering: Any, node: Any) -> list[Atom] | None:
    """The items of a tuple or list, where they are known."""
    if isinstance(node, gast.Tuple | gast.List):
        found: list[Atom] = []
        for element in node.elts:
            if not isinstance(element, gast.Starred):
                found.append(lowering.argument(element))
            elif (parts := known_parts(lowering, element.value)) is not None:
                found += parts
            else:
                return None
        return found
    if isinstance(node, gast.Subscript) and isinstance(_built(lowering, node.value), Display):
        value = lowering.value(node)
        return list(value.items) if isinstance(value, Display | Build) else None
    if (made := written_out(lowering, node)) is not None:
        return [lowering.argument(part) for part in made]
    built = _built(lowering, node.value if (part := _known_slice(node)) is not None else node)
    if built is None or built.kind not in ("tuple", "list"):
        return None
    return list(built.items) if part is None else list(built.items)[part]


def _known_slice(node: Any) -> slice | None:
    """The bounds of ``args[1:]``, where they are written out."""
    if not isinstance(node, gast.Subscript) or not isinstance(node.slice, gast.Slice):
        return None
    bounds = [node.slice.lower, node.slice.upper]
    if node.slice.step is not None or any(b is not None and not (isinstance(b, gast.Constant) and type(b.value) is int) for b in bounds):
        return None
    return slice(*(None if b is None else b.value for b in bounds))


def written_out(lowering: Any, node: Any) -> list[Any] | None:
    """What a wrapper makes of each of its arguments, where these are known: ``(np.asarray(a) for a in args)``; None if it is something else."""
    if not getattr(node, "origin", 0) or not isinstance(node, gast.Call | gast.ListComp | gast.GeneratorExp):
        return None
    if isinstance(node, gast.Call) and len(node.args) == 1 and not node.keywords and lowering.static_object(node.func) in (list, tuple):
        node = node.args[0]
    made = gast.GeneratorExp(node.elt, node.generators) if isinstance(node, gast.ListComp) else lowering.lazy(node)
    if made is None or len(made.generators) != 1 or made.generators[0].ifs:
        return None
    (generator,) = made.generators
    source, target = generator.iter, generator.target
    own = gast.Lambda | gast.NamedExpr | gast.ListComp | gast.GeneratorExp | gast.SetComp | gast.DictComp | gast.Yield | gast.YieldFrom | gast.Await
    if not isinstance(source, gast.Name) or not isinstance(target, gast.Name) or any(isinstance(n, own) for n in gast.walk(made.elt)):
        return None
    built = _built(lowering, source)
    if built is None or built.kind not in ("tuple", "list"):
        return None
    keys = [lowering._key(target.id.partition("@")[0]) for _ in built.items]
    lowering.env.update(zip(keys, built.items, strict=True))
    return [Renamed({target.id: key}).visit(copy.deepcopy(made.elt)) for key in keys]


def known_items(lowering: Any, node: Any) -> dict[str, Atom] | None:
    """The items of a dict with keys that are written out, where they are known."""
    if isinstance(node, gast.Dict) and all(isinstance(k, gast.Constant) for k in node.keys):
        return {k.value: lowering.argument(v) for k, v in zip(node.keys, node.values, strict=True)}
    if isinstance(node, gast.Call) and lowering.static_object(node.func) is dict and not node.args and all(k.arg for k in node.keywords):
        return {k.arg: lowering.argument(k.value) for k in node.keywords}
    built = _built(lowering, node)
    if built is None or built.kind != "dict" or not all(isinstance(k, Const) and isinstance(k.value, str) for k in built.items[::2]):
        return None
    return {k.value: v for k, v in zip(built.items[::2], built.items[1::2], strict=True) if isinstance(k, Const)}


def known_rest(lowering: Any, node: Any) -> Expr | Known | None:
    """What is left of a dict whose keys are known, behind a pop: see ``keywords``."""
    items = known_items(lowering, node.generators[0].iter) if hasattr(node, "without") else None
    return None if items is None else kept("dict", [a for k, v in items.items() if k != node.without for a in (Const(k), v)])


def merged_items(lowering: Any, node: Any) -> dict[Any, Atom] | None:
    """The items of a dict display with ``**``, where all that is merged is known."""
    found: dict[Any, Atom] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        items = {key.value: lowering.argument(value)} if isinstance(key, gast.Constant) else known_items(lowering, value) if key is None else None
        if items is None:
            return None
        found.update(items)
    return found


def known_truth(lowering: Any, node: Any) -> bool | None:
    """Whether a test on what a star stands for holds: ``if rest:``, ``if len(args) > 1:``, ``if "n" in options``; None if it is another test."""
    if isinstance(node, gast.UnaryOp) and isinstance(node.op, gast.Not):
        found = known_truth(lowering, node.operand)
        return None if found is None else not found
    if isinstance(node, gast.BoolOp):
        stops = isinstance(node.op, gast.Or)
        known = [known_truth(lowering, v) for v in node.values]
        first = next((k for k in known if k is not (not stops)), not stops)  # the one that decides, or is not known
        return first
    if isinstance(node, gast.Name):
        built, value = _built(lowering, node), lowering.env.get(node.id)
        if isinstance(value, Closure | Derivative):
            return True
        return bool(built.items) if built is not None and (built.kind in ("tuple", "dict") or isinstance(built, Display)) else None
    if isinstance(node, gast.Call) and lowering.static_object(node.func) is callable and len(node.args) == 1:
        return True if isinstance(lowering.env.get(getattr(node.args[0], "id", "")), Closure | Derivative) else None
    if (nothing := _is_none(lowering, node)) is not None:
        return nothing
    if isinstance(node, gast.Compare) and isinstance(node.ops[0], gast.In | gast.NotIn) and isinstance(node.left, gast.Constant):
        held = known_items(lowering, node.comparators[0]) if isinstance(node.comparators[0], gast.Name) else None
        return None if held is None else (node.left.value in held) == isinstance(node.ops[0], gast.In)
    if not isinstance(node, gast.Compare) or len(node.ops) != 1 or type(node.ops[0]).__name__ not in COMPARED:
        return None
    left, right = _known_length(lowering, node.left), _known_length(lowering, node.comparators[0])
    if left is None or right is None:
        return None
    return bool(COMPARED[type(node.ops[0]).__name__](left, right))


def _is_none(lowering: Any, node: Any) -> bool | None:
    """Whether ``g is None`` (or its contrary) holds of a local function, or of one that is left out; None if it is another test."""
    if not isinstance(node, gast.Compare) or not isinstance(node.ops[0], gast.Is | gast.IsNot) or not isinstance(node.left, gast.Name):
        return None
    other, value = node.comparators[0], lowering.env.get(node.left.id)
    if value is None and "@@" in node.left.id:  # what a function from elsewhere closes over
        found = lowering.resolver.name(node.left)
        value = Const(None) if isinstance(found, Ref) and found.obj is None and not found.live else None
    if len(node.ops) != 1 or not isinstance(other, gast.Constant) or other.value is not None or not isinstance(value, Known | Const):
        return None
    if isinstance(value, Choice):
        return None
    return (value == Const(None)) == isinstance(node.ops[0], gast.Is)


def _known_length(lowering: Any, node: Any) -> int | None:
    """A number that is written out, or the length of a tuple that is known."""
    if isinstance(node, gast.Constant) and type(node.value) is int:
        return node.value
    if not (isinstance(node, gast.Call) and len(node.args) == 1 and not node.keywords and lowering.static_object(node.func) is len):
        return None
    name = isinstance(node.args[0], gast.Name)
    parts = (known_parts(lowering, node.args[0]) or known_items(lowering, node.args[0])) if name else None
    return None if parts is None else len(parts)


def behind_star(lowering: Any, args: list[Any], count: int, defaults: int) -> tuple[list[Any], list[Any]]:
    """The first ``count`` arguments, and what a starred parameter behind them takes, where a star of unknown length is among that.

    f(a, *xs) of f(a, b, *rest)     ==>     f(a, xs[0]), (*xs[1:],)
    """
    k = next((k for k, a in enumerate(args) if isinstance(a, gast.Starred)), len(args))
    unknown = any(isinstance(a, gast.Starred) and not isinstance(a.value, DISPLAYS) and known_parts(lowering, a.value) is None for a in args)
    if not unknown or (k < count and (defaults or k < len(args) - 1 or not isinstance(args[k].value, gast.Name))):
        return args, []
    if k >= count:
        return args[:count], args[count:]
    source = args[k].value

    def part(where: Any) -> Any:
        return gast.Subscript(source, where, gast.Load())

    first = [part(gast.Constant(j, None)) for j in range(count - k)]
    rest = gast.Starred(part(gast.Slice(gast.Constant(count - k, None), None, None)), gast.Load())
    for made in (*first, rest):
        for node in gast.walk(made):
            gast.copy_location(node, args[k])
    return [*args[:k], *first], [rest]


def _built(lowering: Any, node: Any) -> Build | Display | None:
    """The display behind a name that nobody can have changed: a tuple, or what is only read by stars and by index."""
    atom = lowering.env.get(node.id) if isinstance(node, gast.Name) else None
    if not isinstance(atom, Var):
        return atom if isinstance(atom, Display) else None
    built: Build | None = lowering.built.get(atom)
    if built is None or built.kind == "tuple":
        return built
    return built if only_read(lowering.source_of(node).node, node.id.partition("@")[0]) else None


def _unpacked(lowering: Any, arg: Any, names: list[str] | None) -> list[Atom]:
    if names is None:
        hint = "Write the arguments out, or pass the tuple itself."
        raise lowering.refuse("how many arguments the star stands for is not known while transforming", arg, hint)
    source = lowering.sequence(arg.value)
    parts = [lowering.fresh(name) for name in names]
    lowering.out.append(Unpack(tuple(parts), source, lowering.place(arg)))
    return list(parts)


def split_target(target: Any, source: str) -> list[tuple[Any, Any]]:
    """The parts of ``first, *rest = xs`` and what each gets, as gast; ``source`` is the key of xs."""
    star = next(k for k, t in enumerate(target.elts) if isinstance(t, gast.Starred))
    found = []
    for k, element in enumerate(target.elts):
        where: Any = gast.Constant(k if k < star else k - len(target.elts), None)
        if k == star:
            behind = star + 1 - len(target.elts)
            where = gast.Slice(gast.Constant(star, None), gast.Constant(behind, None) if behind else None, None)
        value: Any = gast.Subscript(load(source), where, gast.Load())
        if k == star:
            value = gast.List([gast.Starred(value, gast.Load())], gast.Load())
        for part in gast.walk(value):
            gast.copy_location(part, target)
        found.append((element.value if k == star else element, copy.deepcopy(value)))
    return found
