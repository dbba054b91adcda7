"""What a name means: a local value, a closure cell, a global, a builtin, an attribute of a module or class.

np.linalg.solve   ==>   Ref(obj, "np.linalg.solve", "numpy.linalg", "solve")
sin               ==>   Ref(obj, "sin", "math", "sin")              after ``from math import sin``
scale             ==>   Ref(value, "scale", "model", "scale", live=True)   a global of the user's module
k                 ==>   Var("k"), listed in Function.free           a closure cell
"""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import inspect
import sys
import types
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gast

from tangentx.errors import UnsupportedSyntax
from tangentx.frontend.libraries import twin
from tangentx.frontend.nodes import load
from tangentx.frontend.simpler import IMPORTED
from tangentx.frontend.source import Source
from tangentx.ir.homes import handed_on, home_of, is_registered, lookup_path
from tangentx.ir.nodes import Ref, Var
from tangentx.rules.declare import is_declared

__all__ = ["Resolver", "reference"]

# modules whose values never change: their constants are not read anew at each call
CONSTANT_MODULES = ("math", "cmath", "numpy", "scipy", "builtins", "operator", "sys", "tangentx")


class Resolver:
    """Resolves the names of one function that are not its own locals.  ``free`` collects the closure variables it met."""

    def __init__(self, source: Source, bound: Callable[[str], Any] = lambda name: None, reached: Ref | None = None) -> None:
        self.source, self.reached = source, reached  # and as what the function is reached from another one
        self.bound = bound  # what a local name stands for here, if it is known
        self.free: dict[str, Var] = {}
        self.foreign: dict[str, Resolver] = {}  # of functions from elsewhere that are lowered here
        self.handed: dict[tuple[str, str], tuple[Ref, dict[str, Ref]]] = {}  # what objects of modules hand on by __getattr__, as they do now
        self._known: dict[str, Ref | Var] = {}

    def name(self, node: Any) -> Ref | Var:
        """A name that is not a local of the function.

        Raises:
            UnsupportedSyntax: nothing has that name.
        """
        if node.id not in self._known:
            found = self._find(node)
            self._known[node.id] = twin(found) if isinstance(found, Ref) else found
        return self._known[node.id]

    def means(self, name: str) -> bool:
        """Whether a name that is not a local of the function means something; one of ours, or of a function from elsewhere, does."""
        own = name.isidentifier() and not name.startswith(IMPORTED)
        return not own or name in self.source.cells or name in self.source.globals or hasattr(builtins, name)

    def static(self, node: Any, local: Any) -> Ref | None:
        """The Ref of a name or an attribute chain on modules, classes and functions; None when it is a value's attribute.

        ``local(name)`` says whether a name is a local of the function.
        """
        chain: list[Any] = []
        while isinstance(node, gast.Attribute):
            chain.append(node)
            node = node.value
        if not isinstance(node, gast.Name):
            return None
        found = self.bound(node.id)
        if not isinstance(found, Ref):
            if local(node.id):
                return None
            found = self.name(node)
        if not isinstance(found, Ref):
            return None
        for link in reversed(chain):
            if not isinstance(found.obj, types.ModuleType | type) and not _is_function(found.obj) and not _has_rule(found.obj, link.attr):
                handed = self._handed_on(found, link.attr)
                if handed is None:
                    return None
                found = handed
                continue
            found = self._attribute(found, link)
        return found

    def _handed_on(self, owner: Ref, name: str) -> Ref | None:
        """``np.sin`` of an object of a module that hands on what a library has: that function, which is held to be it while running."""
        value = handed_on(owner.obj, name) if owner.live else None
        if value is None or not _is_static(value):
            return None
        found = reference(value, value.__name__ if isinstance(value, types.ModuleType) else f"{owner.text}.{name}", "", "")
        if found.module.partition(".")[0] not in ("numpy", "scipy", "math"):
            return None
        self.handed.setdefault((owner.module, owner.attr), (owner, {}))[1][name] = found
        return found

    def _find(self, node: Any) -> Ref | Var:
        name, source = node.id, self.source
        if name.startswith(IMPORTED):
            return self._imported(name, node)
        if "@@" in name:
            return self._elsewhere(name, node)
        if "." in name:  # no name of the user's
            module, _, attr = name.rpartition(".")
            return Ref(getattr(importlib.import_module(module), attr), attr, module, attr)
        if name in source.cells:
            try:
                value = source.cells[name].cell_contents
            except ValueError:
                raise UnsupportedSyntax(f"the closure variable {name!r} has no value yet", source.place(node), "Give it one first.") from None
            if not _is_static(value):
                self.free[name] = Var(name)
                return self.free[name]
            ref = reference(value, name, "<closure>", name)
            if ref.module == "<closure>":
                self.free[name] = Var(name)
                return replace(ref, home=value)
            return ref
        if name in source.globals:
            value = source.globals[name]
            if _is_static(value):
                return reference(value, name, source.module, name, source.home)
            return Ref(value, name, source.module, name, live=True, home=source.home)
        if hasattr(builtins, name):
            return Ref(getattr(builtins, name), name, "builtins", name)
        raise UnsupportedSyntax(f"the name {name!r} is not defined", source.place(node), "Define it before differentiating the function.")

    def _elsewhere(self, name: str, node: Any) -> Ref:
        """A name of a function from elsewhere: see ``specialise``."""
        name, _, number = name.partition("@@")
        other = self.foreign[number]
        found = other.name(gast.copy_location(load(name), node))
        decorated = other.source.function
        if isinstance(found, Ref) and found.obj is getattr(decorated, "__wrapped__", None):
            attr = f"{decorated.__qualname__}.__wrapped__"
            text = f"{self._way_to(other)}.__wrapped__".lstrip(".")
            return Ref(found.obj, text, decorated.__module__, attr, live=True, home=home_of(decorated))
        if isinstance(found, Var) or name in other.free:
            if (cell := other.cell(name)) is not None:
                return cell
            hint = f"Pass it to {other.source.name} as an argument."
            raise UnsupportedSyntax(
                f"{other.source.name} is given a local function, and reads {name!r} of its closure", other.source.place(node), hint
            )
        return found

    def _way_to(self, other: Resolver) -> str:
        """The names that lead from this function to one from elsewhere, ``f.__wrapped__``; "" where they lead to another one, or to none."""
        text = other.reached.text if other.reached is not None else ""
        first, _, rest = text.partition(".")
        try:
            found = self.source.cells[first].cell_contents if first in self.source.cells else self.source.globals.get(first)
        except ValueError:  # an empty cell
            return ""
        return text if lookup_path(found, rest) is other.source.function else ""

    def cell(self, name: str) -> Ref | None:
        """What a function from elsewhere closes over, by way of the function: ``scaled.__closure__[0].cell_contents``."""
        function, reached = self.source.function, self.reached
        path = f".__closure__[{function.__code__.co_freevars.index(name)}].cell_contents"
        if reached is not None and reached.home is function:  # it is in a closure itself, and handed in
            reached = replace(reached, attr=function.__qualname__, module=function.__module__)
        elif reached is not None and reached.home is not None and reached.obj is function and ".__closure__[" in reached.attr:
            pass  # a closure of such a closure
        elif reached is None or reached.module in ("<closure>", "") or lookup_path(sys.modules.get(reached.module), reached.attr) is not function:
            return None
        value = self.source.cells[name].cell_contents
        if value is None:  # what its type depends on is asked before each use of the derivative: see fingerprint
            return Ref(None, "None", "builtins", "None")
        return Ref(value, f"{reached.attr}{path}", reached.module, f"{reached.attr}{path}", live=True, home=reached.home)

    def _imported(self, name: str, node: Any) -> Ref:
        """What an import inside of the function gives a name: see ``simpler``."""
        alias, _, path = name.removeprefix(IMPORTED).partition("=")
        where, _, attr = path.partition(":")
        try:
            level = len(where) - len(where.lstrip("."))
            package = self.source.globals.get("__package__") if level else None
            module = importlib.import_module(importlib.util.resolve_name(where, package) if level else where)
            if not attr:
                return reference(sys.modules[alias[:-1]] if alias.endswith("<") else module, alias.removesuffix("<"), "", "")
            if not hasattr(module, attr):
                return reference(importlib.import_module(f"{module.__name__}.{attr}"), alias, "", "")
        except ImportError as error:
            raise UnsupportedSyntax(f"this import fails: {error}", self.source.place(node), "Install it, or leave it out.") from None
        value = getattr(module, attr)
        if _is_static(value):
            return reference(value, alias, module.__name__, attr)
        live = module.__name__.partition(".")[0] not in CONSTANT_MODULES
        return Ref(value, f"{module.__name__}.{attr}" if live else alias, module.__name__, attr, live)

    def _attribute(self, owner: Ref, node: Any) -> Ref:
        try:
            value = getattr(owner.obj, node.attr)
        except AttributeError:
            raise UnsupportedSyntax(f"{owner.text} has no attribute {node.attr!r}", self.source.place(node), "Check its spelling.") from None
        text = f"{owner.text}.{node.attr}"
        if isinstance(value, types.ModuleType) and is_registered(value):
            return Ref(value, text, value.__name__, "")
        if isinstance(owner.obj, types.ModuleType) and not owner.attr:
            module, attr = owner.obj.__name__, node.attr
        else:
            module, attr = owner.module, f"{owner.attr}.{node.attr}"
        if module == "tangentx.runtime":  # a helper, as a rule names it: generated code imports it by its bare name
            text = attr
        live = not _is_static(value) and module.partition(".")[0] not in CONSTANT_MODULES
        found = Ref(value, text, module, attr, live, owner.library, owner.home)
        return found if owner.library else twin(found)


def reference(value: Any, text: str, module: str, attr: str, home: Any = None) -> Ref:
    """The Ref of a module, class or function found as ``module.attr``: by its own home where it can be imported from there."""
    if isinstance(value, types.ModuleType):
        if is_registered(value) or module == "<closure>":
            return Ref(value, text, value.__name__, "", home=None if is_registered(value) else vars(value))
        return Ref(value, text, module, attr, live=True, home=home)
    if isinstance(value, types.BuiltinMethodType) and type(value.__self__).__name__ == "ufunc":  # np.add.reduce
        path = f"{value.__self__.__name__}.{value.__name__}"  # type: ignore[attr-defined]
        return Ref(value, f"np.{path}", "numpy", path) if _lookup("numpy", path) == value else Ref(value, text, module, attr, home=home)
    if isinstance(value, types.MethodType) and (owner := getattr(value.__self__, "name", "")):  # a distribution of scipy.stats
        package = type(value.__self__).__module__.rpartition(".")[0]
        if _lookup(package, owner) is value.__self__:
            return Ref(value, f"{package.rpartition('.')[2]}.{owner}.{value.__name__}", package, f"{owner}.{value.__name__}")
    own, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    candidates = [(own, name)] if isinstance(own, str) and own != "__main__" and isinstance(name, str) else []
    if own is None or not candidates:
        candidates += [("numpy", str(name)), ("scipy.special", str(name))]
    for where, path in candidates:
        if where is not None and _lookup(where, path) is value:
            return Ref(value, text, where, path)
    return Ref(value, text, module, attr, home=home)


def _lookup(module: str, path: str) -> Any:
    return lookup_path(sys.modules.get(module), path)


def _is_static(value: Any) -> bool:
    """Whether a name stands for something to call, as long as it stays what it is; an object that can be called is a value."""
    if isinstance(inspect.getattr_static(type(value), "__call__", None), types.FunctionType) and not isinstance(value, type):
        return False
    return isinstance(value, types.ModuleType | type) or callable(value)


def _has_rule(owner: Any, name: str) -> bool:
    """Whether there is a rule for the method of this one object."""
    static = inspect.getattr_static(owner, name, None)
    return callable(static) and not isinstance(static, type) and is_declared(getattr(owner, name))


def _is_function(value: Any) -> bool:
    return isinstance(value, types.FunctionType | types.BuiltinFunctionType) or type(value).__name__ in ("ufunc", "_ArrayFunctionDispatcher")
