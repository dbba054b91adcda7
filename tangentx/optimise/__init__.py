"""Optimisation: passes IR -> IR that make the derivative short and fast."""
