"""Ratios, measured in one run: ``python -m tests.benchmarks``.  Nothing here is part of the test suite: times are no assertions."""
