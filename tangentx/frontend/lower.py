"""Lowers desugared gast to the IR: A-normal form and structured SSA in one walk.

    def f(x, n):                 Function f(x, n)
        y = x                        y = x
        for i in range(n):           for i in range(0, n, 1) [y.1 = y <- y.2]: #1
            y = y * x        ==>         y.2 = y.1 * x
        if y > 1:                    y_gt_1 = y.1 > 1
            y = np.sin(y)            if y_gt_1: #2
        return y                         y.3 = np.sin(y.1)
                                     join y.4 = y.3 | y.1
                                     return y.4

A loop carries the names that its body assigns and that are read in the body before that, or behind the loop; an If joins the
names that an arm assigns and that are read behind it.  A path on which a name has no value gives UNDEF.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from typing import Any

import gast

from tangentx.frontend.desugar import desugar
from tangentx.frontend.expressions import BINARY, Expressions, op
from tangentx.frontend.liveness import Liveness, assigned, target_names
from tangentx.frontend.source import Source
from tangentx.ir.nodes import (
    UNDEF,
    Assert,
    Atom,
    Block,
    Break,
    Build,
    Carry,
    Const,
    Count,
    Each,
    Effect,
    Expr,
    For,
    Function,
    If,
    Join,
    Let,
    Param,
    Raise,
    Ref,
    Span,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.nodes import Source as LoopSource

__all__ = ["Lowering", "lower"]

Undefined = Const(UNDEF)
# a loop target and what makes its source from the name that it gets
Iteration = tuple[Any, Callable[[Var], LoopSource]]


def lower(source: Source) -> Function:
    """The IR of a checked function.

    Raises:
        UnsupportedSyntax: a name that means nothing, or a construct that the IR has no word for.
    """
    return Lowering(source, desugar(source.node)).function()


class Lowering(Expressions):
    """Lowers the statements of one function."""

    def __init__(self, source: Source, body: list[Any]) -> None:
        parameters = [a.id for a in _arguments(source.node.args)]
        code = source.function.__code__
        super().__init__(source, dict.fromkeys([*parameters, *code.co_varnames, *code.co_cellvars, *assigned(body)]))
        self.body = body
        self.live = Liveness(body)

    def function(self) -> Function:
        """The whole function."""
        source = self.source
        params = self.params()
        doc = inspect.cleandoc(source.function.__doc__ or "") if isinstance(source.node, gast.FunctionDef) else ""
        self.block(self.body[:-1])
        self.stmt = last = self.body[-1]
        value = Const(None) if last.value is None else self.value(last.value)
        result = self.emit(value, last.value or last, "result" if isinstance(value, Build) else "")
        annotation = source.segment(getattr(source.node, "returns", None))
        place = source.place(source.node)
        return Function(source.name, params, tuple(self.out), result, place, tuple(self.resolver.free.values()), doc, annotation, source.place(last))

    def params(self) -> tuple[Param, ...]:
        """The parameters with their defaults; each is a local name from now on."""
        found = tuple(_parameters(self.source))
        for param in found:
            self.env[param.var.base] = self.fresh(param.var.base)
        return found

    def block(self, stmts: list[Any]) -> None:
        """Lowers statements into the current block."""
        for stmt in stmts:
            self.stmt = stmt
            handler = getattr(self, f"_{type(stmt).__name__.lower()}_stmt", None)
            if handler is None:
                raise self.refuse(f"{type(stmt).__name__} is not supported here", stmt)
            handler(stmt)

    # ----------------------------------------------------------------------------------------------- simple statements

    def _pass_stmt(self, stmt: Any) -> None:
        pass

    def _break_stmt(self, stmt: Any) -> None:
        self.out.append(Break(self.place(stmt)))

    def _expr_stmt(self, stmt: Any) -> None:
        if isinstance(stmt.value, gast.Constant):
            return  # a docstring, an ellipsis
        self.out.append(Effect(self.value(stmt.value), self.place(stmt)))

    def _assert_stmt(self, stmt: Any) -> None:
        test = self.atom(stmt.test)
        self.out.append(Assert(test, None if stmt.msg is None else self.atom(stmt.msg), self.place(stmt)))

    def _raise_stmt(self, stmt: Any) -> None:
        exception = None if stmt.exc is None else self.atom(stmt.exc)
        self.out.append(Raise(exception, None if stmt.cause is None else self.atom(stmt.cause), self.place(stmt)))

    def _annassign_stmt(self, stmt: Any) -> None:
        if stmt.value is not None:
            self.assign(stmt.target, stmt.value)

    def _assign_stmt(self, stmt: Any) -> None:
        if len(stmt.targets) == 1:
            self.assign(stmt.targets[0], stmt.value)
            return
        value: Expr = self.value(stmt.value)
        for target in stmt.targets:
            self.bind(target, value, stmt.value)
            value = self.env[target.id] if isinstance(target, gast.Name) else value
            value = self.emit(value, stmt.value)

    def _augassign_stmt(self, stmt: Any) -> None:
        name, text = BINARY[type(stmt.op).__name__]
        if isinstance(stmt.target, gast.Name):
            old = self.atom(gast.copy_location(gast.Name(stmt.target.id, gast.Load(), None, None), stmt.target))
            self.bind(stmt.target, op(f"i{name.strip('_')}", f"{text}=", old, self.atom(stmt.value)), stmt)
        else:
            base, index = self.buffer(stmt.target)
            self.store(stmt.target, base, index, self.atom(stmt.value), text)

    def assign(self, target: Any, node: Any) -> None:
        """``target = node``; a display on both sides is assigned part by part."""
        if isinstance(target, gast.Tuple | gast.List) and isinstance(node, gast.Tuple | gast.List) and len(target.elts) == len(node.elts):
            if all(isinstance(t, gast.Name) for t in target.elts):
                values = [(t, self._named(t, v), v) for t, v in zip(target.elts, node.elts, strict=True)]
                for name, atom, _ in values:
                    self.env[name.id] = atom
            else:
                atoms = [(t, self.atom(v), v) for t, v in zip(target.elts, node.elts, strict=True)]
                for part, atom, value in atoms:
                    self.bind(part, atom, value)
            return
        value = self.value(node, target.id if isinstance(target, gast.Name) else "")
        self.bind(target, value, node)

    def _named(self, target: Any, node: Any) -> Atom:
        """A value under the name of its target, while the target still has its old value for the other parts."""
        value = self.value(node, target.id)
        if isinstance(value, Var) and value.base == target.id:
            return value
        var = self.fresh(target.id)
        self.out.append(Let(var, value, self.place(node)))
        return var

    def bind(self, target: Any, value: Expr, node: Any) -> None:
        """A value gets the name (or goes into the item, or is unpacked) that the target says."""
        if isinstance(target, gast.Name):
            if isinstance(value, Var) and value.base == target.id:  # made under this name, or ``x = x``
                self.env[target.id] = value
                return
            var = self.fresh(target.id)
            self.out.append(Let(var, value, self.place(node)))
            self.env[target.id] = var
        elif isinstance(target, gast.Subscript):
            atom = self.emit(value, node)
            self.store(target, *self.buffer(target), atom, "")
        elif isinstance(target, gast.Tuple | gast.List):
            self.unpack(target, self.emit(value, node))
        else:
            raise self.refuse("this target cannot be assigned to", target)

    def unpack(self, target: Any, source: Atom) -> None:
        """``a, (b, c) = source``, the inner patterns after the outer one."""
        names = [t.id if isinstance(t, gast.Name) else "part" for t in target.elts]
        parts = [self.fresh(name) for name in names]
        self.out.append(Unpack(tuple(parts), source, self.place(target)))
        for element, part in zip(target.elts, parts, strict=True):
            if isinstance(element, gast.Name):
                self.env[element.id] = part
            else:
                self.bind(element, part, element)

    def buffer(self, target: Any) -> tuple[Var, Atom]:
        """The array and the index of ``x[index]`` as a target."""
        if not isinstance(target.value, gast.Name):
            raise self.refuse("a write into a part of a part is not supported yet", target, "Write with one index: x[i, j] = ...")
        if not self.is_local(target.value.id):
            raise self.refuse("a write into a variable of an outer scope", target, "Make a copy in the function and return it.")
        base = self.atom(gast.copy_location(gast.Name(target.value.id, gast.Load(), None, None), target.value))
        assert isinstance(base, Var)
        return base, self.index(target.slice)

    def store(self, target: Any, base: Var, index: Atom, value: Atom, text: str) -> None:
        """``base[index] op= value``: a new version of the same array."""
        new = self.fresh(target.value.id)
        self.out.append(Store(new, base, index, value, text, self.place(self.stmt)))
        self.env[target.value.id] = new

    # ------------------------------------------------------------------------------------------------------ branches

    def _if_stmt(self, stmt: Any) -> None:
        place, label, before = self.place(stmt), self.label(), dict(self.env)
        test = self.atom(stmt.test)
        then, then_env = self._arm(stmt.body, before)
        orelse, else_env = self._arm(stmt.orelse, before)
        names = {n: None for arm in (stmt.body, stmt.orelse) if not _raises(arm) for n in assigned(arm)}
        self.env, joins = before, []
        for name in names:
            a, b = then_env.get(name, Undefined), else_env.get(name, Undefined)
            self.env.pop(name, None)
            if name in self.live.after[id(stmt)] and not a == b == Undefined:
                target = self.fresh(name)
                joins.append(Join(target, a, b))
                self.env[name] = target
        self.out.append(If(test, then, orelse, tuple(joins), place, label))

    def _arm(self, body: list[Any], before: dict[str, Atom]) -> tuple[Block, dict[str, Atom]]:
        """An arm's block and where the names stand at its end (nowhere, if it raises)."""
        self.env = dict(before)
        block, _ = self.nested(lambda: self.block(body))
        return block, {} if _raises(body) else self.env

    # --------------------------------------------------------------------------------------------------------- loops

    def _carried(self, stmt: Any, names: dict[str, None]) -> dict[str, tuple[Var, Atom]]:
        """The names that the loop carries, each with its carry target and initial value; they stand in ``env`` from now on."""
        wanted = self.live.exposed[id(stmt)] | self.live.after[id(stmt)]
        carried = {}
        for name in names:
            init = self.env.pop(name, Undefined)
            if name in wanted:
                carried[name] = (self.fresh(name), init)
                if init != Undefined or name in self.live.exposed[id(stmt)]:
                    self.env[name] = carried[name][0]
        return carried

    def _close(self, carried: dict[str, tuple[Var, Atom]], before: dict[str, Atom], names: dict[str, None]) -> tuple[Carry, ...]:
        """The carries, once the body is lowered; behind the loop each name is its carry target."""
        carries = tuple(Carry(target, init, self.env.get(name, Undefined)) for name, (target, init) in carried.items())
        self.env = {name: atom for name, atom in before.items() if name not in names}
        self.env.update({name: target for name, (target, _) in carried.items()})
        return carries

    def _while_stmt(self, stmt: Any) -> None:
        place, label, before, names = self.place(stmt), self.label(), dict(self.env), assigned(stmt.body)
        carried = self._carried(stmt, names)
        header, test = self.nested(lambda: self.atom(stmt.test))
        body, _ = self.nested(lambda: self.block(stmt.body))
        self.out.append(While(self._close(carried, before, names), header, test, body, place, label))

    def _for_stmt(self, stmt: Any) -> None:
        place, label = self.place(stmt), self.label()
        iterations = self._iterations(stmt.target, stmt.iter)
        before, names = dict(self.env), {**dict.fromkeys(target_names(stmt.target)), **assigned(stmt.body)}
        carried = self._carried(stmt, names)
        sources: list[LoopSource] = []

        def run() -> None:
            patterns = []
            for target, make in iterations:
                var = self.fresh(target.id if isinstance(target, gast.Name) else "item")
                sources.append(make(var))
                if isinstance(target, gast.Name):
                    self.env[target.id] = var
                elif isinstance(target, gast.Tuple | gast.List):
                    patterns.append((target, var))
                else:
                    raise self.refuse("a loop variable must be a name", target)
            for target, var in patterns:
                self.unpack(target, var)
            self.block(stmt.body)

        body, _ = self.nested(run)
        self.out.append(For(tuple(sources), self._close(carried, before, names), body, place, label))

    def _iterations(self, target: Any, node: Any) -> list[Iteration]:
        """The sources of a loop: what ``range``, ``enumerate``, ``zip`` and ``reversed`` mean is written out."""
        name = self._builtin(node)
        args = node.args if name else []
        pattern = target.elts if isinstance(target, gast.Tuple | gast.List) else []
        if name == "range" and 1 <= len(args) <= 3 and not node.keywords:
            start, stop, step = _span([self.atom(a) for a in args])
            return [(target, lambda var: Span(var, start, stop, step))]
        if name == "enumerate" and len(pattern) == 2 and 1 <= len(args) <= 2 and all(k.arg == "start" for k in node.keywords):
            inner = self._iterations(pattern[1], args[0])
            starts = [*args[1:], *(k.value for k in node.keywords)]
            first = self.atom(starts[0]) if starts else Const(0)
            return [(pattern[0], lambda var: Count(var, first)), *inner]
        if name == "zip" and len(pattern) == len(args) > 0 and not node.keywords:
            return [source for part, arg in zip(pattern, args, strict=True) for source in self._iterations(part, arg)]
        if name == "reversed" and len(args) == 1:
            return [(target, self._reversed(args[0]))]
        sequence = self.atom(node)
        return [(target, lambda var: Each(var, sequence))]

    def _reversed(self, node: Any) -> Callable[[Var], LoopSource]:
        if self._builtin(node) == "range" and len(node.args) <= 2 and not node.keywords:
            start, stop, _ = _span([self.atom(a) for a in node.args])
            first, last = self._one_less(stop, node), self._one_less(start, node)
            return lambda var: Span(var, first, last, Const(-1))
        sequence = self.atom(node)
        return lambda var: Each(var, sequence, True)

    def _one_less(self, atom: Atom, node: Any) -> Atom:
        return Const(atom.value - 1) if isinstance(atom, Const) else self.emit(op("sub", "-", atom, Const(1)), node)

    def _builtin(self, node: Any) -> str:
        """The name of the builtin that is called, or an empty text."""
        if not isinstance(node, gast.Call) or not isinstance(node.func, gast.Name) or self.is_local(node.func.id):
            return ""
        found = self.resolver.name(node.func)
        return found.attr if isinstance(found, Ref) and found.module == "builtins" else ""


def _span(atoms: list[Atom]) -> tuple[Atom, Atom, Atom]:
    if len(atoms) == 1:
        return Const(0), atoms[0], Const(1)
    return (atoms[0], atoms[1], Const(1)) if len(atoms) == 2 else (atoms[0], atoms[1], atoms[2])


def _raises(block: list[Any]) -> bool:
    return bool(block) and isinstance(block[-1], gast.Raise)


def _arguments(args: Any) -> list[Any]:
    """Every parameter, in order."""
    return [*args.posonlyargs, *args.args, *([args.vararg] if args.vararg else []), *args.kwonlyargs, *([args.kwarg] if args.kwarg else [])]


def _parameters(source: Source) -> list[Param]:
    args, function = source.node.args, source.function
    positional = [*args.posonlyargs, *args.args]
    defaults = function.__defaults__ or ()
    first = len(positional) - len(defaults)
    found = []
    for i, a in enumerate(positional):
        kind = "positional_only" if i < len(args.posonlyargs) else "positional"
        default = None if i < first else _default(source, args.defaults[i - first], defaults[i - first], f"__defaults__[{i - first}]")
        found.append(Param(Var(a.id), kind, default, source.segment(a.annotation)))
    if args.vararg:
        found.append(Param(Var(args.vararg.id), "var_positional", None, source.segment(args.vararg.annotation)))
    for a, node in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        known = function.__kwdefaults__ or {}
        default = _default(source, node, known[a.id], f"__kwdefaults__[{a.id!r}]") if a.id in known else None
        found.append(Param(Var(a.id), "keyword", default, source.segment(a.annotation)))
    if args.kwarg:
        found.append(Param(Var(args.kwarg.id), "var_keyword", None, source.segment(args.kwarg.annotation)))
    return found


def _default(source: Source, node: Any, value: Any, where: str) -> Atom:
    """A literal stays one; anything else is the object that the user's function holds."""
    if type(value) in (int, bool, str, bytes, type(None), type(...)) or (type(value) is float and math.isfinite(value)):
        return Const(value)
    return Ref(value, source.segment(node) or repr(value), source.module, f"{source.qualname}.{where}", live=True)
