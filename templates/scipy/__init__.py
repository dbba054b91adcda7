"""Rules of SciPy, declared where SciPy is installed."""
