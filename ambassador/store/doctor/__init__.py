"""What a database may hold that it must not: damaged pages, pointers to nothing, sums that do not add up.

Public names: damage, pointers_to_nothing, read_derived, take_pointers_off, unequal_stock.
Read in this order: pointers, stock, sums.
"""

from ambassador.store.doctor.pointers import pointers_to_nothing, take_pointers_off
from ambassador.store.doctor.stock import unequal_stock
from ambassador.store.doctor.sums import damage, read_derived

__all__ = ["damage", "pointers_to_nothing", "read_derived", "take_pointers_off", "unequal_stock"]
