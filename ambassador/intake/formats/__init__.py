"""Exports that programs write always alike: one small module each, recognised by content.

Public names: ``Format``, what a module states of its export; ``format_of_table`` and ``format_of_records``
find the one a file is written in.
Read in this order: ``format``, ``registry``, then any of the formats.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.intake.formats.format import Format
    from ambassador.intake.formats.registry import format_of_records, format_of_table

__all__ = [
    "Format",
    "format_of_records",
    "format_of_table",
]
__getattr__ = offering(
    __name__,
    {
        "Format": "format",
        "format_of_table": "registry",
        "format_of_records": "registry",
    },
)
