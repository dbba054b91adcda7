"""The package that generated modules live in: ``tangentx.generated.<stem>`` is a file of the cache folder.

A name of its own that any process can import is what makes pickling, multiprocessing and coverage work on them.
"""

from tangentx.backend.load import install

install()
