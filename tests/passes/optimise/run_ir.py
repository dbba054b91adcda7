"""Runs IR, slowly and simply: a pass must not change what a function computes."""

from __future__ import annotations

import operator
from typing import Any

from tangentx.ir import nodes as n


class _Break(Exception):
    pass


def run(function: n.Function, *args: Any) -> Any:
    """The function's value."""
    env: dict[n.Var, Any] = {p.var: a for p, a in zip(function.params, args, strict=True)}
    _block(function.body, env)
    return _value(function.result, env)


def _value(value: n.Expr, env: dict[n.Var, Any]) -> Any:
    if isinstance(value, n.Var):
        return env[value]
    if isinstance(value, n.Const):
        return value.value
    if isinstance(value, n.Ref):
        return value.obj
    if isinstance(value, n.Build):
        items = [_value(i, env) for i in value.items]
        if value.kind in ("and", "or"):
            return next((i for i in items[:-1] if bool(i) is (value.kind == "or")), items[-1])
        if value.kind == "dict":
            return dict(zip(items[::2], items[1::2], strict=True))
        return {"tuple": tuple, "list": list, "set": set, "fstring": lambda parts: "".join(map(str, parts))}[value.kind](items)
    args = [_value(a, env) for a in value.args]
    kwargs = {k: _value(a, env) for k, a in value.kwargs}
    if isinstance(value.fn, n.Method):
        return getattr(args[0], value.fn.name)(*args[1:], **kwargs)
    if isinstance(value.fn, n.Attribute):
        return getattr(args[0], value.fn.name)
    assert isinstance(value.fn, n.Ref)
    return value.fn.obj(*args, **kwargs)


def _bind(targets: tuple[n.Var | None, ...], values: Any, env: dict[n.Var, Any]) -> None:
    env.update((t, v) for t, v in zip(targets, values, strict=True) if t is not None)


def _block(block: n.Block, env: dict[n.Var, Any]) -> None:
    stopped = False
    for stmt in block:
        try:
            _stmt(stmt, env)
        except _Break:
            stopped = True
    if stopped:
        raise _Break


def _stmt(stmt: n.Stmt, env: dict[n.Var, Any]) -> None:
    if isinstance(stmt, n.Let):
        env[stmt.target] = _value(stmt.value, env)
    elif isinstance(stmt, n.Unpack):
        _bind(stmt.targets, _value(stmt.source, env), env)
    elif isinstance(stmt, n.Store):
        base, index, value = env[stmt.base], _value(stmt.index, env), _value(stmt.value, env)
        base[index] = {"+": operator.add, "-": operator.sub, "": lambda old, new: new}[stmt.op](base[index], value)
        env[stmt.target] = base
    elif isinstance(stmt, n.NewTape):
        env[stmt.target] = []
    elif isinstance(stmt, n.Append):
        env[stmt.tape].append(tuple(_value(v, env) for v in stmt.values))
    elif isinstance(stmt, n.Pop):
        _bind(stmt.targets, _value(stmt.tape, env).pop(), env)
    elif isinstance(stmt, n.If):
        _branch(stmt, env)
    elif isinstance(stmt, n.For | n.While):
        _loop(stmt, env)
    elif isinstance(stmt, n.Break):
        raise _Break
    elif isinstance(stmt, n.Assert):
        assert _value(stmt.test, env)
    elif isinstance(stmt, n.Raise):
        assert stmt.exception is not None
        raise _value(stmt.exception, env)
    else:
        assert isinstance(stmt, n.Effect), stmt
        _value(stmt.value, env)


def _branch(stmt: n.If, env: dict[n.Var, Any]) -> None:
    stopped, taken = False, bool(_value(stmt.test, env))
    try:
        _block(stmt.then if taken else stmt.orelse, env)
    except _Break:
        stopped = True
    env.update([(j.target, _value(j.then if taken else j.orelse, env)) for j in stmt.joins])
    if stopped:
        raise _Break


def _items(source: n.Source, env: dict[n.Var, Any]) -> Any:
    if isinstance(source, n.Span):
        return [((source.target,), (i,)) for i in range(*(_value(a, env) for a in (source.start, source.stop, source.step)))]
    if isinstance(source, n.ReadTape):
        return [(source.targets, item) for item in _value(source.tape, env)[::-1]]
    if isinstance(source, n.Count):
        start = _value(source.start, env)
        return [((source.target,), (i,)) for i in range(start, start + 1000)]
    assert isinstance(source, n.Each)
    return [((source.target,), (item,)) for item in (reversed if source.backwards else list)(_value(source.sequence, env))]


def _loop(stmt: n.For | n.While, env: dict[n.Var, Any]) -> None:
    env.update([(c.target, _value(c.init, env)) for c in stmt.carries])
    rounds = zip(*(_items(s, env) for s in stmt.sources), strict=False) if isinstance(stmt, n.For) else iter(lambda: (), None)
    for items in rounds:
        for targets, values in items:
            _bind(targets, values, env)
        if isinstance(stmt, n.While):
            _block(stmt.header, env)
            if not _value(stmt.test, env):
                return
        stopped = False
        try:
            _block(stmt.body, env)
        except _Break:
            stopped = True
        env.update([(c.target, _value(c.back, env)) for c in stmt.carries])
        if stopped:
            return
