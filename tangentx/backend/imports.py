"""The imports of a generated module, and how each name of the outside world is written in it.

    np.sin (numpy)            import numpy as np                            np.sin
    sin (math)                from math import sin                          sin
    scale, live (model)       import model                                  model.scale
    unbroadcast (runtime)     from tangentx.runtime import unbroadcast      unbroadcast

A name that a parameter or a function of the module has already gets a number: ``import numpy as np_1``.  Where ``import pkg.sub``
gives what the package calls so, the module comes from ``importlib.import_module``; where no name leads to it, the derivative stands in
``def enclosing(sub)``, and the loader hands it in.
"""

from __future__ import annotations

import ast
import builtins
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tangentx.backend.comments import Comment
from tangentx.backend.operators import operator_of
from tangentx.ir.homes import leads
from tangentx.ir.libraries import at_home
from tangentx.ir.nodes import Call, Count, Effect, For, Function, If, Let, Local, Program, Ref, Store
from tangentx.ir.walk import edge_atoms, expr_atoms, own_atoms, statements

__all__ = ["HELPERS", "Imports"]

# what a Store of that kind calls, or a with that may end exceptions; and what a try lets pass
HELPERS = {name: Ref(name, name, "tangentx.runtime", name) for name in ("add_at", "add_field", "check_completed")}
HELPERS["check_passed"] = Ref("TangentxError", "TangentxError", "tangentx.errors", "TangentxError")
PRINTED = ("range", "enumerate", "zip", "reversed", "float", "complex")  # builtins that the printer itself writes


@dataclass
class Imports:
    """Collects every ``Ref`` of a program; then ``text`` says how one is written and ``lines`` what to import."""

    program: Program
    modules: dict[str, str] = field(default_factory=dict)  # local name -> module, for `import module as name`
    members: dict[str, tuple[str, str]] = field(default_factory=dict)  # local name -> (module, name)
    needed: dict[str, None] = field(default_factory=dict)  # submodules that must be loaded too
    called: dict[str, str] = field(default_factory=dict)  # local name -> module, by importlib.import_module
    given: dict[str, Any] = field(default_factory=dict)  # local name -> what the loader hands in: names of a module, or an object
    builtins: dict[str, None] = field(default_factory=dict)
    texts: dict[Ref, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.taken = {f.name for f in self.program.functions}
        self.frozen = self.has_frozen()
        for function in self.program.functions:
            self.taken |= {p.var.base for p in function.params} | {v.base for v in function.free}
        for ref in (r for f in self.program.functions for r in _refs(f)):
            if ref not in self.texts:
                self.texts[ref] = self._place(ref)
        if any(isinstance(s, For) and sum(isinstance(c, Count) for c in s.sources) > 1 for f in self.program.functions for s in statements(f.body)):
            self.count = self._module("itertools", "itertools") + ".count"

    def has_frozen(self) -> bool:
        """Whether the program makes or takes objects of frozen dataclasses, which are written another way."""
        calls = [s.value for f in self.program.functions for s in statements(f.body) if isinstance(s, Let) and isinstance(s.value, Call)]
        made = [a.obj for c in calls if getattr(c.fn, "obj", None) is object.__new__ for a in c.args if isinstance(a, Ref)]
        classes = [*made, *(p.cls for f in self.program.functions for p in f.params)]
        return any(isinstance(c, type) and getattr(vars(c).get("__dataclass_params__"), "frozen", False) for c in classes)

    def reserved(self) -> frozenset[str]:
        """Names that no local variable may take."""
        functions = {f.name for f in self.program.functions}
        return frozenset({*functions, *self.modules, *self.members, *self.called, *self.given, *self.builtins, *PRINTED})

    def inside(self) -> set[str]:
        """The functions that stand in ``enclosing``: those that read what is given there, and those that call one of them."""
        functions = {f.name: f for f in self.program.functions}
        found = {f.name for f in functions.values() if f.free or any(r.home is not None for r in _refs(f))}
        calls = {name: set(_called(f)) for name, f in functions.items()}
        while more := {name for name in functions if name not in found and calls[name] & found}:
            found |= more
        return found | {self.program.entry} if found else found

    def text(self, ref: Ref) -> str:
        """How the module writes it."""
        return self.texts[ref]

    def every(self) -> tuple[str, ...]:
        """The modules that are imported."""
        return tuple(sorted({*self.modules.values(), *self.needed, *(module for module, _ in self.members.values()), *self.called.values()}))

    def lines(self) -> list[ast.stmt]:
        """The import statements: modules, then members, each sorted."""
        found: list[ast.stmt] = []
        for name, module in sorted(self.modules.items(), key=lambda item: (item[1], item[0])):
            plain = name == module or (name == module.partition(".")[0] and "." in module)
            found.append(ast.Import(names=[ast.alias(name=module, asname=None if plain else name)]))
        for module in sorted(self.needed):
            if module not in self.modules.values():
                found.append(ast.Import(names=[ast.alias(name=module)]))
        grouped: dict[str, list[ast.alias]] = {}
        for name, (module, attr) in sorted(self.members.items()):
            grouped.setdefault(module, []).append(ast.alias(name=attr, asname=None if attr == name else name))
        for module, names in sorted(grouped.items()):
            found.append(ast.ImportFrom(module=module, names=names, level=0))
        for name, module in sorted(self.called.items()):
            call = ast.parse(f"{self.text_of_importlib}.import_module({module!r})", mode="eval").body
            found.append(Comment(f"# {module} itself, whatever its package calls so"))
            found.append(ast.Assign(targets=[ast.Name(id=name, ctx=ast.Store())], value=call))
        return found

    def _place(self, ref: Ref) -> str:
        ref = (at_home(ref) if ref.library else ref) or ref
        if ref.home is not None:
            return self._given(ref)
        if ref.module in ("builtins", "") and not ref.live:
            text = ref.text if not ref.module or hasattr(builtins, ref.text.partition(".")[0]) else ref.attr  # called otherwise there
            root = text.partition(".")[0]
            if ref.module and (root in self.taken or root == "builtins"):
                return f"{self._module('builtins', 'builtins')}.{ref.attr}"
            self.builtins[root] = None
            return text
        if isinstance(ref.obj, types.ModuleType) and not ref.attr:
            return self._module(ref.text, ref.module)
        if ref.live:
            return f"{self._module(ref.module, ref.module)}.{ref.attr}"
        if "." not in ref.text:
            return self._member(ref.text, ref.module, ref.attr)
        root, _, rest = ref.text.partition(".")
        module = _root_module(ref, rest)
        if module is None and "." in ref.attr:  # of a function or a class: multiply.accumulate
            owner, _, path = ref.attr.partition(".")
            return f"{self._member(owner, ref.module, owner)}.{path}"
        if module is None:
            return self._member(ref.attr.rpartition(".")[2], ref.module, ref.attr)
        if ref.module.startswith(f"{module}.") and module not in ("numpy", "cupy") and ref.module in sys.modules:
            self.needed[ref.module] = None
        return f"{self._module(root, module)}.{rest}"

    def _module(self, wish: str, module: str) -> str:
        """The local name of a module; a dotted wish is a plain ``import a.b``."""
        if not leads(module):
            return self._called(wish.rpartition(".")[2], module)
        root = wish.partition(".")[0]
        if "." in wish and root not in self.taken and self.modules.get(root, root) == root:
            self.needed[module] = None
            self.modules.setdefault(root, root)
            return wish
        wish = wish.rpartition(".")[2]
        name = self._free(wish, lambda n: self.modules.get(n, module) == module, self.modules)
        self.modules[name] = module
        return name

    def _member(self, wish: str, module: str, attr: str) -> str:
        name = self._free(wish, lambda n: self.members.get(n, (module, attr)) == (module, attr), self.members)
        self.members[name] = (module, attr)
        return name

    def _called(self, wish: str, module: str) -> str:
        self.text_of_importlib = self._module("importlib", "importlib")
        name = self._free(wish, lambda n: self.called.get(n, module) == module, self.called)
        self.called[name] = module
        return name

    def _given(self, ref: Ref) -> str:
        """The name of what the loader hands in, and what it is asked for."""
        start = "" if isinstance(ref.home, dict) else getattr(ref.home, "__qualname__", "")
        if not isinstance(ref.home, dict) and not f"{ref.attr}.".startswith(f"{start}."):  # by the name of a cell
            start = ref.attr.partition(".")[0]
        wish = (start or ref.module).rpartition(".")[2].strip("_")
        name = self._free(wish if wish.isidentifier() else "given", lambda n: self.given.get(n, ref.home) is ref.home, self.given)
        self.given[name] = ref.home
        rest = ref.attr.removeprefix(start).removeprefix(".")
        return f"{name}.{rest}" if rest else name

    def _free(self, wish: str, fits: Callable[[str], bool], kind: object) -> str:
        others = [names for names in (self.modules, self.members, self.called, self.given) if names is not kind]
        name, n = wish, 0
        while name in self.taken or not fits(name) or any(name in names for names in others):
            n += 1
            name = f"{wish}_{n}"
        return name


def _root_module(ref: Ref, rest: str) -> str | None:
    """The module that the first part of ``np.linalg.solve`` names."""
    full = f"{ref.module}.{ref.attr}"
    if full.endswith(f".{rest}") and isinstance(sys.modules.get(full[: -len(rest) - 1]), types.ModuleType):
        return full[: -len(rest) - 1]
    parts = ref.module.split(".")
    for k in range(len(parts), 0, -1):
        value: object = sys.modules.get(".".join(parts[:k]))
        for name in rest.split("."):
            value = getattr(value, name, None)
        if value is ref.obj:
            return ".".join(parts[:k])
    return None


def _refs(function: Function) -> Iterator[Ref]:
    """Every Ref that is printed by its name, in order."""
    for p in function.params:
        if isinstance(p.default, Ref):
            yield p.default
    for stmt in statements(function.body):
        if isinstance(stmt, Let | Effect):
            if isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref) and not operator_of(stmt.value):
                yield stmt.value.fn
            yield from (a for a in expr_atoms(stmt.value) if isinstance(a, Ref))
        else:
            yield from (a for a in (*own_atoms(stmt), *edge_atoms(stmt)) if isinstance(a, Ref))
            if isinstance(stmt, Store) and stmt.op in HELPERS:
                yield HELPERS[stmt.op]
            if isinstance(stmt, If) and stmt.guard is not None and stmt.guard.checked:
                yield HELPERS["check_passed" if stmt.guard.kind == "try" else "check_completed"]
    if isinstance(function.result, Ref):
        yield function.result


def _called(function: Function) -> Iterator[str]:
    """The functions of the program that it calls."""
    for stmt in statements(function.body):
        if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Local):
            yield stmt.value.fn.name
