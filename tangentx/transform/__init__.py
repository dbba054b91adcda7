"""Differentiation itself: reverse and forward, tapes, split functions."""
