"""Processor times of calls that take turns, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

Call = Callable[[], Any]


def interleaved(calls: Sequence[Call], rounds: int, seconds: float = 0.02) -> list[list[float]]:
    """The time of one call of each, in every round; a round repeats each call for about ``seconds``."""
    repeats = []
    for call in calls:
        call()  # the first call is not like the others
        repeats.append(max(1, int(seconds / max(_once(call, 1), 1e-9))))
    return [[_once(call, k) for call, k in zip(calls, repeats, strict=True)] for _ in range(rounds)]


def medians(times: list[list[float]]) -> list[float]:
    """The median time of each call."""
    return [statistics.median(column) for column in zip(*times, strict=True)]


def ratio(times: list[list[float]], above: int, below: int) -> float:
    """The median over the rounds of how many times longer one call takes than another."""
    return statistics.median(row[above] / row[below] for row in times)


def _once(call: Call, repeats: int) -> float:
    start = time.thread_time()
    for _ in range(repeats):
        call()
    return (time.thread_time() - start) / repeats
