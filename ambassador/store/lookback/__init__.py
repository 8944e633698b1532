"""A copy of a database taken back to what was known at the end of one day.

Public names: ``rewind``, ``count_gaps``.
Read in this order: ``rewind``, ``gaps``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.lookback.gaps import count_gaps
    from ambassador.store.lookback.rewinding import rewind

__all__ = ["count_gaps", "rewind"]
__getattr__ = offering(__name__, {"rewind": "rewinding", "count_gaps": "gaps"})
