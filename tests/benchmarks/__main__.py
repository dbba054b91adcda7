"""``python -m tests.benchmarks``: two tables, in a cache folder of their own."""

from __future__ import annotations

import os
import tempfile

from tests.benchmarks import deriving, gradients


def main() -> None:
    """Prints each line as soon as it is known."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TANGENTX_CACHE"] = folder
        for line in gradients.table(gradients.all_targets()):
            print(line, flush=True)
        print()
        for line in deriving.table():
            print(line, flush=True)


if __name__ == "__main__":
    main()
