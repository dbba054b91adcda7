"""``scipy.linalg``.  ``check_finite=`` changes nothing; ``overwrite_a=`` and the like are refused, as is all that is not named."""
