"""The gradients of the six targets against the functions themselves, and against adjoints written by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

import tangentx as tx
from tests.benchmarks import by_hand
from tests.benchmarks.clock import interleaved, medians, ratio
from tests.programs import targets


@dataclass(frozen=True)
class Target:
    """A program at one size; ``bound`` is the highest ratio to the primal that is asked for, if any."""

    name: str
    function: Callable[..., Any]
    adjoint: Callable[..., Any]
    args: tuple[Any, ...]
    wrt: int | tuple[int, ...]
    bound: float | None


def all_targets(steps: int = 1000, depth: int = 200) -> list[Target]:
    """Loops of ``steps`` steps, recursion of ``depth`` calls; arrays of 16, and larger ones to see where it goes."""
    rng = np.random.default_rng(0)

    def network(n: int) -> tuple[Any, ...]:
        return tuple(rng.normal(size=size) / np.sqrt(n) for size in ((n, n), (n, n), (n, n), (n,), (n, n), (n,)))

    def recurrent(n: int) -> tuple[Any, ...]:
        return tuple(rng.normal(size=size) / np.sqrt(n) for size in ((n, n), (n,), (n,), (steps, n)))

    def waves(n: int) -> tuple[Any, ...]:
        return np.sin(np.arange(float(n))), 1e-3, steps

    return [
        Target("logxx, a number", targets.logxx, by_hand.logxx, (2.0,), 0, None),
        Target("mlp, 16", targets.mlp, by_hand.mlp, network(16), (2, 3, 4, 5), 4.0),
        Target("mlp, 128", targets.mlp, by_hand.mlp, network(128), (2, 3, 4, 5), 4.0),
        Target(f"newton, {steps} steps", targets.newton, by_hand.newton, (1.3, 2.0, -1.0, steps), (0, 1), 4.0),
        Target(f"rnn, 16, {steps} steps", targets.rnn, by_hand.rnn, recurrent(16), (0, 1, 2), 4.0),
        Target(f"rnn, 128, {steps} steps", targets.rnn, by_hand.rnn, recurrent(128), (0, 1, 2), 4.0),
        Target(f"burgers, 16, {steps} steps", targets.burgers, by_hand.burgers, waves(16), (0, 1), 4.0),
        Target(f"burgers, 1000, {steps} steps", targets.burgers, by_hand.burgers, waves(1000), (0, 1), 4.0),
        Target(f"deep, {depth} calls", targets.deep, by_hand.deep, (0.5, 0.8, depth), (0, 1), 6.0),
    ]


def table(targets: list[Target], rounds: int = 15, seconds: float = 0.02) -> Iterator[str]:
    """One line for each target."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 10_000))
    yield f"{'program':26}{'primal':>12}{'gradient':>12}{'/ primal':>10}{'/ by hand':>11}{'at most':>9}"
    for target in targets:
        gradient = tx.grad(target.function, target.wrt)
        _agree(gradient(*target.args), target.adjoint(*target.args))
        calls = [partial(f, *target.args) for f in (target.function, gradient, target.adjoint)]
        times = interleaved(calls, rounds, seconds)
        primal, whole, _ = medians(times)
        to_primal, to_hand = ratio(times, 1, 0), ratio(times, 1, 2)
        verdict = "" if target.bound is None else f"{target.bound:9.1f}" + ("" if to_primal <= target.bound else "  missed")
        yield f"{target.name:26}{primal * 1e6:9.1f} us{whole * 1e6:9.1f} us{to_primal:10.2f}{to_hand:11.2f}{verdict}"


def _agree(found: Any, expected: Any) -> None:
    """What is measured is the same thing."""
    for one, other in zip(*((v if isinstance(v, tuple) else (v,)) for v in (found, expected)), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-8, atol=1e-10)
