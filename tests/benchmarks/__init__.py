"""What derivatives cost, and what deriving them costs: ``python -m tests.benchmarks`` prints both as tables."""
