"""Whole databases: copied while they are in use, compared row by row, filled from a copy.

Public names: copy_database, fill_place, refuse_unless_empty, sums_of_file.
Read in this order: rows, copy, fill.
"""

from ambassador.store.backups.copy import copy_database, sums_of_file
from ambassador.store.backups.fill import fill_place, refuse_unless_empty

__all__ = ["copy_database", "fill_place", "refuse_unless_empty", "sums_of_file"]
