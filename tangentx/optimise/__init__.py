"""Passes IR -> IR that keep the meaning and make the program shorter or faster."""
