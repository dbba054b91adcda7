"""Whole Jacobians from products: one ``jvp`` for each input or one ``vjp`` for each output, whichever are fewer.

    def f_jacobian(*args, **kwargs):
        return assemble("jacobian", ("x",), True, args, kwargs, f_jvp, f_vjp)

``composed_text`` writes that module, ``assemble`` does its work.
"""

from __future__ import annotations

import inspect
import math
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from tangentx.errors import ArgumentError

__all__ = ["assemble", "composed_text", "signature"]

Function = Callable[..., Any]


def composed_text(entry: str, verb: str, names: tuple[str, ...], single: bool, modules: Mapping[str, str | None]) -> str:
    """The module of a Jacobian or Hessian.  A product without a module (of a closure) becomes a parameter of ``enclosing``."""
    products = ", ".join(modules)
    wrt = "(" + "".join(f'"{name}", ' for name in names).removesuffix(" " if len(names) == 1 else ", ") + ")"
    imports = "".join(f"from {module} import {name}\n" for name, module in modules.items() if module is not None)
    body = (
        f"def {entry}(*args, **kwargs):\n"
        f'    return assemble("{verb}", {wrt}, {single}, args, kwargs, {products})\n'
        f"\n\n{entry}.__signature__ = signature({next(iter(modules))}, {wrt})\n"
    )
    header = f'"""The {verb.capitalize()} with respect to {", ".join(names)}, put together from {products}."""\n\n'
    if None not in modules.values():
        return f"{header}from tangentx.assemble import assemble, signature\n{imports}\n\n{body}"
    inner = textwrap.indent(body.replace("\n\n\n", "\n\n") + f"return {entry}\n", "    ")
    return f"{header}from tangentx.assemble import assemble, signature\n\n\ndef enclosing({products}):\n{inner}"


def signature(forward: Function, names: tuple[str, ...]) -> inspect.Signature:
    """The signature of the function that ``forward`` is the ``jvp`` of: without the tangents, which come last."""
    found = inspect.signature(forward)
    return found.replace(parameters=[p for p in found.parameters.values() if p.name not in _dots(found, names).values()])


def _dots(found: inspect.Signature, names: tuple[str, ...]) -> dict[str, str]:
    """The keyword of the tangent of each name: the last ones that are keyword-only, in the same order."""
    keywords = [p.name for p in found.parameters.values() if p.kind is inspect.Parameter.KEYWORD_ONLY]
    return dict(zip(names, keywords[len(keywords) - len(names) :]))


def assemble(verb: str, names: tuple[str, ...], single: bool, args: Any, kwargs: Any, forward: Function, reverse: Function | None = None) -> Any:
    """The blocks of ``verb`` at these arguments; without ``reverse`` in forward mode only."""
    found = inspect.signature(forward)
    dots = _dots(found, names)
    arguments = signature(forward, names).bind(*args, **kwargs)
    arguments.apply_defaults()
    inputs = {name: _number_or_array(name, arguments.arguments[name], verb) for name in names}
    zeros = {dots[name]: _zero(value) for name, value in inputs.items()}
    output = forward(*args, **kwargs, **zeros)[0]
    if reverse is None or sum(map(np.size, inputs.values())) <= _output_size(output):
        return _by_columns(lambda name, unit: forward(*args, **kwargs, **{**zeros, dots[name]: unit})[1], output, inputs, single)
    return _by_rows(lambda unit: reverse(*args, **kwargs, init_grad=unit)[1], output, inputs, single)


def _number_or_array(name: str, value: Any, verb: str) -> Any:
    if isinstance(value, bool | int | np.bool_ | np.integer) or getattr(getattr(value, "dtype", None), "kind", "f") in "iub":
        hint = f"Pass {name} as a float: 2.0 for 2, {name}.astype(float) for an array."
        raise ArgumentError(f"{name}={value!r} is not a float, so it has no derivative", None, hint)
    if isinstance(value, float | complex | np.generic) or hasattr(value, "dtype"):
        return value
    raise ArgumentError(f"{verb} of {name}: {type(value).__name__} is neither a number nor an array", None, "Use vjp or jvp for nested arguments.")


def _leaves(value: Any) -> list[Any]:
    return [leaf for item in value for leaf in _leaves(item)] if isinstance(value, tuple | list) else [value]


def _output_size(value: Any) -> int:
    return sum(int(np.size(leaf)) for leaf in _leaves(value))


def _basis(value: Any) -> Iterator[Any]:
    """The unit vectors of the space that a number or an array lives in."""
    if np.ndim(value) == 0:
        yield type(value)(1.0) if isinstance(value, float | complex | np.generic) else 1.0
        return
    for position in range(math.prod(value.shape)):
        unit = np.zeros_like(value)
        unit[np.unravel_index(position, value.shape)] = 1.0
        yield unit


def _zero(value: Any) -> Any:
    return np.zeros_like(value) if np.ndim(value) else type(value)(0.0)


def _by_columns(column: Function, output: Any, inputs: dict[str, Any], single: bool) -> Any:
    """One ``jvp`` for each entry of the inputs."""
    columns = {name: [column(name, unit) for unit in _basis(value)] for name, value in inputs.items()}
    shapes = {name: np.shape(value) for name, value in inputs.items()}

    def block(parts: dict[str, list[Any]], output: Any) -> Any:
        if isinstance(output, tuple | list):
            return tuple(block({n: [c[i] for c in p] for n, p in parts.items()}, item) for i, item in enumerate(output))
        blocks = tuple(_joined(p, shapes[n], output) for n, p in parts.items())
        return blocks[0] if single else blocks

    return block(columns, output)


def _joined(columns: list[Any], shape: tuple[int, ...], output: Any) -> Any:
    """Derivatives along each input entry -> an array whose last axes are the input's."""
    if not shape:
        return columns[0]
    if not columns:
        return np.zeros(np.shape(output) + shape, dtype=np.result_type(output))
    stacked = np.stack([np.asarray(c) for c in columns], axis=-1)
    return stacked.reshape(stacked.shape[:-1] + shape)


def _by_rows(row: Function, output: Any, inputs: dict[str, Any], single: bool) -> Any:
    """One ``vjp`` for each entry of the output."""
    if not isinstance(output, tuple | list):
        return _rows_of(row, output, inputs, single)
    zeros = [_zero(item) for item in output]

    def of_item(position: int) -> Function:
        return lambda unit: row(type(output)([*zeros[:position], unit, *zeros[position + 1 :]]))

    return tuple(_rows_of(of_item(position), item, inputs, single) for position, item in enumerate(output))


def _rows_of(row: Function, value: Any, inputs: dict[str, Any], single: bool) -> Any:
    rows = [row(unit) for unit in _basis(value)]
    by_input = [rows] if single else [list(column) for column in zip(*rows)]
    shape = np.shape(value)
    blocks = tuple(_stacked_rows(column, shape) for column in by_input)
    return blocks[0] if single else blocks


def _stacked_rows(rows: list[Any], shape: tuple[int, ...]) -> Any:
    if not shape:
        return rows[0]
    stacked = np.stack([np.asarray(r) for r in rows])
    return stacked.reshape(shape + stacked.shape[1:])
