"""Targets: what stands on the left of an assignment gets its value.

a, (b, *c) = value          Unpack, part by part, a starred part as a list
x[i] = value                Store into x
x.name = value              Store of an attribute
"""

from __future__ import annotations

from typing import Any

import gast

from tangentx.frontend.closures import Closures
from tangentx.frontend.inner import Display, Known
from tangentx.frontend.inserted import put
from tangentx.frontend.known import kept, named, no_value, parts
from tangentx.frontend.nodes import load
from tangentx.frontend.spread import split_target
from tangentx.frontend.unrolled import unrolled
from tangentx.ir.nodes import Atom, Build, Const, Expr, Store, Unpack, Var

__all__ = ["Targets", "read_target"]


class Targets(Closures):
    """The part of the lowering that assigns."""

    def assign(self, target: Any, node: Any) -> None:
        """``target = node``; a display on both sides is assigned part by part."""
        node = unrolled(self, target, node)
        if isinstance(target, gast.Tuple | gast.List) and isinstance(node, gast.GeneratorExp):  # consumed here, at once
            node = gast.copy_location(gast.ListComp(node.elt, node.generators), node)
        if _matching(target, node):
            if all(isinstance(t, gast.Name) for t in target.elts):
                values = [(t, self._named(t, v), v) for t, v in zip(target.elts, node.elts, strict=True)]
                for name, atom, _ in values:
                    self.env[name.id] = atom
            else:
                atoms = [(t, self.argument(v), v) for t, v in zip(target.elts, node.elts, strict=True)]
                for part, atom, value in atoms:
                    self.bind(part, atom, value)
            return
        value = self.value(node, target.id if isinstance(target, gast.Name) else "")
        self.bind(target, value, node)

    def _named(self, target: Any, node: Any) -> Atom | Known:
        """A value under the name of its target, while the target still has its old value for the other parts."""
        value = self.value(node, target.id)
        if isinstance(value, Known):
            return named(value, target.id)
        if isinstance(value, Var) and value.base == target.id:
            return value
        return self.let(self.fresh(target.id), value, node)

    def bind(self, target: Any, value: Expr | Known, node: Any) -> None:
        """A value gets the name (or goes into the item, or is unpacked) that the target says."""
        if isinstance(value, Known):
            self._bind_known(target, value, node)
        elif isinstance(target, gast.Name):
            if isinstance(value, Var) and value.base == target.id:  # made under this name, or ``x = x``
                self.env[target.id] = value
                return
            self.env[target.id] = self.let(self.fresh(target.id), value, node)
        elif isinstance(target, gast.Subscript):
            atom = self.emit(value, node)
            if put(self, target, atom):
                return
            self.store(target, *self.buffer(target), atom, "")
        elif isinstance(target, gast.Tuple | gast.List):
            self.unpack(target, self.emit(value, node))
        elif isinstance(target, gast.Attribute):
            atom = self.emit(value, node)
            self.write_field(target, self.field_owner(target), atom)
        else:
            raise self.refuse("this target cannot be assigned to", target, "Assign to a name.")

    def _bind_known(self, target: Any, source: Known, node: Any) -> None:
        if isinstance(target, gast.Name):
            self.env[target.id] = named(source, target.id)
            return
        if not isinstance(source, Display) or not isinstance(target, gast.Tuple | gast.List):
            raise self.refuse(*no_value(source, node))
        items, star = list(parts(source) or ()), next((k for k, t in enumerate(target.elts) if isinstance(t, gast.Starred)), None)
        if star is not None:
            end = len(items) - (len(target.elts) - 1 - star)
            items[star:end] = [kept("list", items[star:end])]
        if len(items) != len(target.elts):
            raise self.refuse(f"{len(items)} values cannot be unpacked here", target, "Give each of them a name.")
        for element, part in zip(target.elts, items, strict=True):
            self.bind(element.value if isinstance(element, gast.Starred) else element, part, target)

    def unpack(self, target: Any, source: Atom) -> None:
        """``a, (b, c) = source``, the inner patterns after the outer one."""
        if any(isinstance(t, gast.Starred) for t in target.elts):
            self._unpack_star(target, source)
            return
        names = [t.id if isinstance(t, gast.Name) else "part" for t in target.elts]
        parts = [self.fresh(name) for name in names]
        self.out.append(Unpack(tuple(parts), source, self.place(target)))
        for element, part in zip(target.elts, parts, strict=True):
            if isinstance(element, gast.Name):
                self.env[element.id] = part
            else:
                self.bind(element, part, element)

    def _unpack_star(self, target: Any, source: Atom) -> None:
        """``first, *rest = xs``: from the display that is unpacked, or read by index."""
        built = self.built.get(source) if isinstance(source, Var) else None
        star = next(k for k, t in enumerate(target.elts) if isinstance(t, gast.Starred))
        behind = len(target.elts) - 1 - star
        if built is not None and built.kind == "tuple" and len(built.items) >= star + behind:
            end = len(built.items) - behind
            parts = [*built.items[:star], Build("list", built.items[star:end]), *built.items[end:]]
            for element, part in zip(target.elts, parts, strict=True):
                self.bind(element.value if isinstance(element, gast.Starred) else element, part, target)
            return
        key = self._key("items")
        self.env[key] = source
        for part, value in split_target(target, key):
            self.assign(part, value)

    def buffer(self, target: Any) -> tuple[Var, Atom]:
        """The array and the index of ``x[index]`` as a target."""
        if isinstance(target.value, gast.Name) and not self.is_local(target.value.id):
            raise self.refuse("a write into a variable of an outer scope", target, "Make a copy in the function and return it.")
        base = self.atom(read_target(target.value) if isinstance(target.value, gast.Name) else target.value)
        if not isinstance(base, Var):
            raise self.refuse("a write into something that has no name here", target, "Make a copy in the function and return it.")
        return base, self.index(target.slice)

    def field_owner(self, target: Any) -> Var:
        """The object of ``x.name`` as a target."""
        base = self.atom(target.value)
        if not isinstance(base, Var):
            raise self.refuse("a write to an attribute of something of the outside", target, "Return the new value instead.")
        return base

    def write_field(self, target: Any, base: Var, value: Atom) -> None:
        """``base.name = value``: a new version of the same object."""
        new = self.fresh(base.base)
        if target.attr in ("__class__", "__dict__"):
            raise self.refuse(f"an assignment to {target.attr} is not followed", target, "Make a new object of that class.")
        self.out.append(Store(new, base, Const(target.attr), value, "setattr", self.place(self.stmt)))
        if isinstance(target.value, gast.Name):
            self.env[target.value.id] = new

    def store(self, target: Any, base: Var, index: Atom, value: Atom, text: str) -> None:
        """``base[index] op= value``: a new version of the same array."""
        new = self.fresh(base.base)
        self.out.append(Store(new, base, index, value, text, self.place(self.stmt)))
        if isinstance(target.value, gast.Name):
            self.env[target.value.id] = new


def read_target(target: Any) -> Any:
    """A name as it is read, where it stands as a target."""
    return gast.copy_location(load(target.id), target)


def _matching(target: Any, node: Any) -> bool:
    """Whether a display is assigned to as many targets, without a star."""
    if not (isinstance(target, gast.Tuple | gast.List) and isinstance(node, gast.Tuple | gast.List) and len(target.elts) == len(node.elts)):
        return False
    return not any(isinstance(e, gast.Starred) for e in (*target.elts, *node.elts))
