"""Whole Jacobians from products: one ``jvp`` for each input or one ``vjp`` for each output, whichever are fewer."""

from __future__ import annotations

import functools
import inspect
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tangentx.errors import ArgumentError

__all__ = ["jacobian_of"]

Function = Callable[..., Any]


def jacobian_of(
    f: Function, forward: Function, reverse: Function | None, names: tuple[str, ...], single: bool, verb: str = "jacobian", of: Function | None = None
) -> Function:
    """The function that returns the Jacobian of ``f``; ``reverse`` None: forward only."""
    shown = of or f
    signature = inspect.signature(f, follow_wrapped=False)

    @functools.wraps(shown, assigned=("__module__", "__doc__"), updated=())
    def whole(*args: Any, **kwargs: Any) -> Any:
        arguments = signature.bind(*args, **kwargs)
        arguments.apply_defaults()
        inputs = {name: _number_or_array(name, arguments.arguments[name], verb) for name in names}
        if reverse is None or sum(map(np.size, inputs.values())) <= _output_size(f(*args, **kwargs)):
            blocks = _by_columns(forward, args, kwargs, inputs, single)
        else:
            blocks = _by_rows(reverse, f(*args, **kwargs), args, kwargs, inputs, single)
        return blocks

    whole.__name__ = whole.__qualname__ = f"{shown.__name__}_{verb}"
    whole.__signature__ = inspect.signature(shown, follow_wrapped=False)  # type: ignore[attr-defined]
    del whole.__wrapped__
    whole.__tangentx_parts__ = tuple(part for part in (forward, reverse) if part is not None)  # type: ignore[attr-defined]
    return whole


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


def _by_columns(forward: Function, args: Any, kwargs: Any, inputs: dict[str, Any], single: bool) -> Any:
    """One ``jvp`` for each entry of the inputs."""
    zeros = {f"{name}_dot": _zero(value) for name, value in inputs.items()}
    columns: dict[str, list[Any]] = {}
    for name, value in inputs.items():
        columns[name] = [forward(*args, **kwargs, **{**zeros, f"{name}_dot": unit})[1] for unit in _basis(value)]
    sample = next((column[0] for column in columns.values() if column), None)
    if sample is None:
        sample = forward(*args, **kwargs, **zeros)[1]  # every input is empty
    shapes = {name: np.shape(value) for name, value in inputs.items()}

    def assemble(parts: dict[str, list[Any]], output: Any) -> Any:
        if isinstance(output, tuple | list):
            return tuple(assemble({n: [c[i] for c in p] for n, p in parts.items()}, item) for i, item in enumerate(output))
        blocks = tuple(_joined(p, shapes[n], output) for n, p in parts.items())
        return blocks[0] if single else blocks

    return assemble(columns, sample)


def _joined(columns: list[Any], shape: tuple[int, ...], output: Any) -> Any:
    """Derivatives along each input entry -> an array whose last axes are the input's."""
    if not shape:
        return columns[0]
    if not columns:
        return np.zeros(np.shape(output) + shape, dtype=np.result_type(output))
    stacked = np.stack([np.asarray(c) for c in columns], axis=-1)
    return stacked.reshape(stacked.shape[:-1] + shape)


def _by_rows(reverse: Function, value: Any, args: Any, kwargs: Any, inputs: dict[str, Any], single: bool) -> Any:
    """One ``vjp`` for each entry of the output."""
    if not isinstance(value, tuple | list):
        return _rows_of(lambda unit: reverse(*args, **kwargs, init_grad=unit)[1], value, inputs, single)
    results = []
    for position in range(len(value)):
        seeds = [_zero(item) for item in value]

        def row(unit: Any, position: int = position, seeds: list[Any] = seeds) -> Any:
            return reverse(*args, **kwargs, init_grad=type(value)([*seeds[:position], unit, *seeds[position + 1 :]]))[1]

        results.append(_rows_of(row, value[position], inputs, single))
    return tuple(results)


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
