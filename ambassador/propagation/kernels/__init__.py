"""Compiled loops over arrays; each has a slow and obvious twin in ``tests/naive``.

The public functions of the package validate and translate; a kernel only loops. Nothing here
raises, allocates more than its answer, or knows of anything but numpy and numba.
"""
