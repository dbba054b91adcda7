"""The rule table: which rule belongs to which call, and a rule's body as IR.

``Rulebook`` looks a call up (functions, operators, ndarray methods and attributes) and binds its arguments to the rule's
parameters.  Bodies are read by the front end, handed in as ``reader``, so that this room does not need to know it.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import inspect
import math
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tangentx.ir.nodes import Atom, Attribute, Block, Call, Const, Method, Ref, Var
from tangentx.ir.walk import free_vars
from tangentx.rules.declare import WORDS, Refusal, Rule, claim, identity, refusals, registered

__all__ = ["Bound", "Rulebook", "Template", "holds_no_fractions", "holds_objects", "load_templates", "refusal", "template_files", "template_roots"]

# rules of a library that may not be there stand in a folder of its name, and wait for it
LAZY = ("scipy", "sklearn")
# parameters that hold whole numbers, names, types or flags wherever our own rulebook has them
NO_NUMBERS = frozenset({
    "axes", "axis", "axis1", "axis2", "casting", "copy", "correction", "ddof", "destination", "dtype", "endpoint", "indexing", "indices",
    "indices_or_sections", "keepdims", "l_and_u", "like", "mode", "ndmin", "norm", "num", "order", "orthogonalize", "pad_width", "repeats",
    "reps", "shape", "shift", "source", "subok", "type", "where", "workers",
})  # fmt: skip


@dataclass(frozen=True)
class Template:
    """A rule's body as IR.

    ``params``: the result first, then the primitive's parameters, in order.  ``seeds``: the Var that stands for a read
    ``d[name]``.  ``outputs``: for each assigned ``d[name]`` its value; for ``elementwise`` and ``reduction`` the partial of each parameter
    (absent: not differentiable).  ``variadic``: the parameter that was written ``*name``, if any.
    """

    params: tuple[Var, ...]
    body: Block
    seeds: dict[str, Var]
    outputs: dict[str, Atom]
    variadic: str | None = None

    def reads(self, name: str) -> bool:
        """Whether the body asks for this parameter."""
        return any(v.base == name and v in self.params for v in free_vars(self.body))


@dataclass(frozen=True)
class Bound:
    """A call bound to a rule: for each parameter of the primitive the atom given, or its default.

    ``starred`` holds the atoms of a variadic parameter.  ``given`` are the names that the call really passed,
    ``called`` is the function of an array library that the call names, ``primitive`` what it names at all.
    """

    rule: Rule
    template: Template
    atoms: dict[str, Atom]
    starred: tuple[Atom, ...] = ()
    given: frozenset[str] = frozenset()
    called: Ref | None = None
    primitive: Ref | None = None

    def carries(self, name: str) -> bool:
        """Whether a parameter may be given a number with a derivative: an axis, a dtype, a shape never is one.

        What comes out of a container counts as active, whatever it is.
        """
        never = name in NO_NUMBERS or getattr(self.rule.primitive, "__module__", "") == "tangentx.runtime"
        said = self.template.seeds if self.rule.word == "tangent" else self.template.outputs
        return name in said or not (self.rule.ours and never)

    def positional(self, count: int) -> list[str]:
        """The names of the parameters that the first ``count`` arguments of a call stand for."""
        names = [p.base for p in self.template.params[1:]]
        if (star := self.template.variadic) is not None:
            names[names.index(star) :] = [star] * count
        return names[:count]


@dataclass
class Rulebook:
    """Looks rules up.  ``reader(rule)`` gives the Template; it is asked once for each rule."""

    reader: Callable[[Rule], Template]
    _templates: dict[tuple[int, bool], Template] = field(default_factory=dict)

    def rule(self, fn: Any, *words: str) -> Rule | None:
        """The rule of one of these words for the thing called (``Ref``, ``Method`` or ``Attribute``), first word first."""
        for obj in _objects(fn):
            for word in words or WORDS:
                if found := registered().get((word, identity(obj))):
                    return found
        if isinstance(fn, Ref) and (fn.obj is math.gamma or fn.obj is math.lgamma) and importlib.util.find_spec("scipy"):
            importlib.import_module("scipy.special")  # their derivative is its digamma
        return self.rule(fn, *words) if load_templates() else None

    def rule_of(self, primitive: Any, word: str) -> Rule | None:
        """The rule of this word for a primitive itself."""
        return registered().get((word, identity(primitive)))

    def known(self, fn: Any) -> bool:
        """Whether any rule exists for it."""
        return self.rule(fn) is not None

    def is_constant(self, fn: Any) -> bool:
        """Whether its result never carries a derivative."""
        return self.rule(fn, "constant") is not None

    def template(self, rule: Rule) -> Template:
        """The rule's body as IR, read on first use."""
        key = id(rule.function), rule.of_logarithm
        if key not in self._templates:
            self._templates[key] = self.reader(rule)
        return self._templates[key]

    def bind(self, rule: Rule, call: Call) -> Bound:
        """Binds the call's arguments to the rule's parameters.

        Raises:
            TypeError: the call does not fit the rule's signature.
        """
        template = self.template(rule)
        assert rule.function is not None
        signature = _signature(rule.function)
        kwargs = dict(call.kwargs)
        if type(rule.primitive).__name__ == "ufunc" and rule.word == "elementwise":
            kwargs.pop("dtype", None)  # that of the result; each derivative has that of its argument
        bound = signature.bind(*call.args, **kwargs)
        given = frozenset(bound.arguments)
        if bound.arguments.get("out") not in (None, Const(None)):
            raise TypeError("out writes into its argument")
        bound.apply_defaults()
        starred: tuple[Atom, ...] = ()
        atoms: dict[str, Atom] = {}
        for p in signature.parameters.values():
            value = bound.arguments[p.name]
            if p.kind is inspect.Parameter.VAR_POSITIONAL:
                starred = tuple(value)
            elif p.name in given:
                atoms[p.name] = value
            else:
                atoms[p.name] = _default(value)
        if not template.reads("dtype") and holds_no_fractions(atoms.get("dtype")):
            raise TypeError("its dtype holds no fractions")
        return Bound(rule, template, atoms, starred, given, *_named(call))


def _named(call: Call) -> tuple[Ref | None, Ref | None]:
    """What a call names, if that is a function of an array library; what it names at all."""
    named = call.fn if isinstance(call.fn, Ref) else None
    return named if named and named.library else None, named


def holds_no_fractions(dtype: Atom | None) -> bool:
    """Whether a call says so: ``dtype=int``."""
    return _kind_of(dtype) in ("b", "i", "u")


def holds_objects(dtype: Atom | None) -> bool:
    """Whether a call says so, ``dtype=object``, or that there are fields: ``dtype="f8,f8"``."""
    return _kind_of(dtype) in ("O", "V")


def _kind_of(dtype: Atom | None) -> str:
    """What a dtype is that stands there; "" if none does, or nobody knows."""
    import numpy as np

    given = dtype.obj if isinstance(dtype, Ref) else dtype.value if isinstance(dtype, Const) else None
    try:
        return "" if given is None else np.dtype(given).kind
    except (TypeError, ValueError):
        return ""


@functools.cache
def _signature(rule: Callable[..., Any]) -> inspect.Signature:
    """The signature of the primitive, as its rule says it: without the result."""
    return inspect.Signature(list(inspect.signature(rule).parameters.values())[1:])


def _default(value: Any) -> Atom:
    if isinstance(value, type | np_generic()) and not isinstance(value, bool | int | float):
        return Ref(value, f"np.{value.__name__}" if isinstance(value, type) else repr(value), "numpy", getattr(value, "__name__", ""))
    return Const(value)


def np_generic() -> type:
    """NumPy's scalar base type (imported late: the rule table itself needs no NumPy)."""
    import numpy as np

    return np.generic


def refusal(fn: Any) -> Refusal | None:
    """Why the thing called is refused by name, if it is."""
    return next((found for obj in _objects(fn) if (found := refusals().get(identity(obj)))), None)


def _objects(fn: Any) -> tuple[Any, ...]:
    if isinstance(fn, Ref):
        return (fn.obj,)
    if isinstance(fn, Method | Attribute) and not fn.own:
        import numpy as np

        found = getattr(np.ndarray, fn.name, None)
        return () if found is None else (found,)
    return ()


def _templates_package() -> Any:
    """``tangentx.templates``: installed beside us, or mounted from the top of a checkout that is not installed."""
    try:
        return importlib.import_module("tangentx.templates")
    except ModuleNotFoundError:
        root = Path(__file__).resolve().parents[2] / "templates"
        spec = importlib.util.spec_from_file_location("tangentx.templates", root / "__init__.py", submodule_search_locations=[str(root)])
        assert spec is not None and spec.loader is not None
        package = importlib.util.module_from_spec(spec)
        sys.modules["tangentx.templates"] = package
        spec.loader.exec_module(package)
        return package


@functools.cache
def _waiting() -> dict[str, str]:
    """The modules of the rulebook that were not imported yet, each with the module whose import they wait for ("" if they do not)."""
    names = [info.name for info in pkgutil.walk_packages(_templates_package().__path__, "tangentx.templates.")]
    return {name: ".".join(name.split(".")[2:4]) if name.split(".")[2] in LAZY else "" for name in names}


def load_templates() -> bool:
    """Imports the modules of ``tangentx.templates`` whose library is in use, and says whether there were any; declaring is their side effect.

    Rules of ``scipy.stats`` stand in ``templates/scipy/stats.py``, or in a folder of that name.  They are read once ``scipy.stats`` was imported:
    a program that calls its functions has done so, and no other one waits for it.
    """
    ready = [name for name, library in list(_waiting().items()) if not library or library in sys.modules]
    for name in ready:
        before = set(registered())
        importlib.import_module(name)
        claim(before)
        _waiting().pop(name, None)  # another thread may have been here
    return bool(ready)


def template_roots() -> list[Path]:
    """The folders of the rulebook."""
    return [Path(root) for root in _templates_package().__path__]


def template_files() -> list[Path]:
    """Every file of the rulebook, sorted: the cache key covers them."""
    return sorted(p for root in template_roots() for p in root.rglob("*.py"))
