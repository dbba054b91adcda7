"""Rules of Python itself: operators, builtins, ``math``."""
