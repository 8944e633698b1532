"""Things as they were known at the end of a day in the past.

Public names: ``look_back``, ``as_known``.
Read in this order: ``looking_back``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.lookback.looking_back import as_known, look_back

__all__ = ["as_known", "look_back"]
__getattr__ = offering(__name__, {"look_back": "looking_back", "as_known": "looking_back"})
