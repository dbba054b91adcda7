"""The words of the rulebook (``declare``) and the lookup (``table``)."""
