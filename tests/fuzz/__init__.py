"""Random programs: right, or refused with an error of ``tangentx.errors``; never wrong.

    python -m tests.fuzz --seeds 0:5000 --family scalar --second

``grammar`` writes a program, ``outcome`` judges it, ``shrink`` makes a failing one small.
"""
