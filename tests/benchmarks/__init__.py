"""What derivatives cost, and what deriving them costs: ``python -m tests.benchmarks`` prints both as tables."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is loaded: one thread's time is what is measured
