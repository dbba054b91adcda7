"""Prints IR: one line a statement, versions as ``x.1``; what ``tangentx show --stage`` and TANGENTX_DUMP print.

Function f(x, n)
    while [i.1 = 0 <- i.2, x.1 = x <- x.2] t where
        t = i.1 < n
    do
        x.2 = x.1 * x.1
        i.2 = i.1 + 1
    return x.1
"""

from __future__ import annotations

from collections.abc import Iterator

from tangentx.ir.nodes import (
    Append,
    Assert,
    Atom,
    Attribute,
    Block,
    Break,
    Build,
    Call,
    Carry,
    Const,
    Count,
    Each,
    Effect,
    Expr,
    For,
    Function,
    If,
    Let,
    Local,
    Method,
    Mirror,
    NewTape,
    Pop,
    Program,
    Raise,
    ReadTape,
    Ref,
    Source,
    Span,
    Stmt,
    Store,
    Undef,
    Unpack,
    Var,
    While,
)

__all__ = ["show", "show_expr", "show_stmt"]

OPERATORS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "matmul": "@",
    "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!=", "is_": "is", "is_not": "is not",
    "and_": "&", "or_": "|", "xor": "^", "lshift": "<<", "rshift": ">>",
}  # fmt: skip


def show_atom(atom: Atom | None) -> str:
    """One operand."""
    if atom is None:
        return "_"
    if isinstance(atom, Const):
        return "undef" if isinstance(atom.value, Undef) else repr(atom.value)
    return atom.text if isinstance(atom, Ref) else str(atom)


def show_expr(value: Expr) -> str:
    """One right-hand side."""
    if isinstance(value, Build):
        return f"{value.kind}({', '.join(map(show_atom, value.items))})"
    if not isinstance(value, Call):
        return show_atom(value)
    args = [show_atom(a) for a in value.args] + [f"{k}={show_atom(a)}" for k, a in value.kwargs]
    fn = value.fn
    if isinstance(fn, Ref):
        if fn.module == "operator":
            if fn.attr in OPERATORS and len(args) == 2:
                return f"{args[0]} {OPERATORS[fn.attr]} {args[1]}"
            if fn.attr == "getitem":
                return f"{args[0]}[{args[1]}]"
        return f"{fn.text}({', '.join(args)})"
    if isinstance(fn, Attribute):
        return f"{args[0]}.{fn.name}"
    if isinstance(fn, Method):
        return f"{args[0]}.{fn.name}({', '.join(args[1:])})"
    return f"{fn.name if isinstance(fn, Local) else fn}({', '.join(args)})"


def _targets(targets: tuple[Var | None, ...]) -> str:
    return ", ".join(map(show_atom, targets)) + ("," if len(targets) == 1 else "")


def _source(source: Source) -> str:
    if isinstance(source, Span):
        return f"{source.target} in range({show_atom(source.start)}, {show_atom(source.stop)}, {show_atom(source.step)})"
    if isinstance(source, Each):
        return f"{source.target} in {'reversed ' if source.backwards else ''}{show_atom(source.sequence)}"
    if isinstance(source, Count):
        return f"{source.target} in count({show_atom(source.start)})"
    if isinstance(source, ReadTape):
        return f"{_targets(source.targets)} in {show_atom(source.tape)} backwards"
    assert isinstance(source, Mirror)
    return f"mirror of {source.label}"


def _carries(carries: tuple[Carry, ...]) -> str:
    return "[" + ", ".join(f"{c.target} = {show_atom(c.init)} <- {show_atom(c.back)}" for c in carries) + "]"


def _label(stmt: If | For | While) -> str:
    return (f" #{stmt.label}" if stmt.label else "") + (f" mirrors #{stmt.mirror}" if stmt.mirror else "")


def _simple(stmt: Stmt) -> str:
    if isinstance(stmt, Let):
        return f"{stmt.target} = {show_expr(stmt.value)}"
    if isinstance(stmt, Unpack):
        return f"{_targets(stmt.targets)} = {show_atom(stmt.source)}"
    if isinstance(stmt, Store):
        through = f" through {stmt.through}" if stmt.through else ""
        return (
            f"{stmt.target} = store {stmt.base}[{show_atom(stmt.index)}] {stmt.op}= {show_atom(stmt.value)}{through}{' there' if stmt.there else ''}"
        )
    if isinstance(stmt, Effect):
        return f"effect {show_expr(stmt.value)}"
    if isinstance(stmt, Assert):
        return f"assert {show_atom(stmt.test)}" + ("" if stmt.message is None else f", {show_atom(stmt.message)}")
    if isinstance(stmt, Raise):
        return "raise" + "".join(f" {show_atom(a)}" for a in (stmt.exception, stmt.cause) if a is not None)
    if isinstance(stmt, Break):
        return "break"
    if isinstance(stmt, NewTape):
        return f"{stmt.target} = new tape"
    if isinstance(stmt, Append):
        return f"append {stmt.tape} <- {_targets(stmt.values)}"  # type: ignore[arg-type]
    assert isinstance(stmt, Pop)
    return f"{_targets(stmt.targets)} = pop {show_atom(stmt.tape)}"


def _block(block: Block, indent: str) -> Iterator[str]:
    for stmt in block:
        yield from show_stmt(stmt, indent)
    if not block:
        yield f"{indent}pass"


def show_stmt(stmt: Stmt, indent: str = "") -> Iterator[str]:
    """The lines of one statement."""
    deeper = indent + "    "
    if isinstance(stmt, If):
        guard = "" if stmt.guard is None else f" guarded by {stmt.guard.kind} {', '.join(map(show_atom, stmt.guard.atoms))}"
        yield f"{indent}if {show_atom(stmt.test)}{guard}:{_label(stmt)}"
        yield from _block(stmt.then, deeper)
        if stmt.orelse:
            yield f"{indent}else:"
            yield from _block(stmt.orelse, deeper)
        for j in stmt.joins:
            yield f"{indent}join {j.target} = {show_atom(j.then)} | {show_atom(j.orelse)}"
    elif isinstance(stmt, For):
        yield f"{indent}for {'; '.join(map(_source, stmt.sources))} {_carries(stmt.carries)}:{_label(stmt)}"
        yield from _block(stmt.body, deeper)
    elif isinstance(stmt, While):
        yield f"{indent}while {_carries(stmt.carries)}:{_label(stmt)}"
        yield from (show for s in stmt.header for show in show_stmt(s, deeper))
        yield f"{indent}test {show_atom(stmt.test)} do"
        yield from _block(stmt.body, deeper)
    else:
        yield indent + _simple(stmt)


def show(node: Function | Program) -> str:
    """A whole function or program as text."""
    if isinstance(node, Program):
        return "\n".join(show(f) for f in node.functions)
    params = ", ".join(str(p.var) for p in node.params)
    free = f" free({', '.join(map(str, node.free))})" if node.free else ""
    lines = [f"Function {node.name}({params}){free}", *_block(node.body, "    "), f"    return {show_atom(node.result)}"]
    return "\n".join(lines) + "\n"
