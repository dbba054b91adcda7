"""From the IR to a function on disk: out of SSA, names, text, cache, load."""
