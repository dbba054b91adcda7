"""``python -m tests.fuzz --seeds 0:5000 --family scalar --second``: runs seeds, sums up, shows failures made small."""

from __future__ import annotations

import argparse
import collections
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

from tangentx.rules.table import load_templates
from tests.fuzz.families import FAMILIES, program
from tests.fuzz.grammar import Sample
from tests.fuzz.outcome import Outcome, judge
from tests.fuzz.plain import without_black
from tests.fuzz.shrink import shrink


def main() -> int:
    """Returns 1 if a program was wrong or crashed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seeds", default="0:200", help="first:last, without the last")
    parser.add_argument("--family", choices=FAMILIES, action="append", help="default: all")
    parser.add_argument("--second", action="store_true", help="second order too")
    parser.add_argument("--raw", action="store_true", help="without the optimising passes")
    parser.add_argument("--show", type=int, default=1, help="programs shown of each kind of failure")
    parser.add_argument("--no-shrink", action="store_true", help="show them as they are")
    options = parser.parse_args()
    first, _, last = options.seeds.partition(":")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TANGENTX_CACHE"] = str(Path(folder, "cache"))
        os.environ["TANGENTX_VERIFY"] = "structure"  # a broken invariant is a crash; who shares memory only the run knows
        sys.setrecursionlimit(3000)
        gc.set_threshold(200_000)  # the compiler makes many small nodes, and none in cycles
        load_templates()  # not on the first program's time
        with without_black():
            return run(range(int(first), int(last)), options.family or list(FAMILIES), Path(folder), options)


def run(seeds: range, families: list[str], folder: Path, options: argparse.Namespace) -> int:
    bad = 0
    for family in families:
        began, counts = time.perf_counter(), collections.Counter[str]()
        kinds: dict[tuple[str, str], list[int]] = {}
        for seed in seeds:
            outcome = judge(program(seed, family), folder, options.second, not options.raw)
            counts[outcome.kind] += 1
            if outcome.kind != "right":
                kinds.setdefault((outcome.kind, outcome.key), []).append(seed)
        print(f"{family}: {dict(counts)} in {time.perf_counter() - began:.0f} s", flush=True)
        for (kind, key), failed in sorted(kinds.items()):
            print(f"  {kind}: {key}: {len(failed)} ({', '.join(map(str, failed[:8]))})", flush=True)
            if kind in ("wrong", "crash"):
                bad = 1
                for seed in failed[: options.show]:
                    show(program(seed, family), folder, options)
    return bad


def show(sample: Sample, folder: Path, options: argparse.Namespace) -> None:
    """Prints a failing program, made small."""

    def judged(text: str) -> Outcome:
        return judge(sample._replace(text=text), folder, options.second, not options.raw)

    before = judged(sample.text)
    text = sample.text if options.no_shrink else shrink(sample.text, lambda text: judged(text)[:2] == before[:2])
    print(f"--- {sample.entry}{sample.args!r}\n{text}\n--- {judged(text).detail.strip()[-1500:]}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
