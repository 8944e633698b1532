"""Spans of time as people write them in a shell."""

import re
from typing import Final

from ambassador.errors import BadInputError

_SECONDS: Final = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "w": 7 * 86400.0}
_PART: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(min|[smhdw])\s*")


def seconds_of(text: str) -> float:
    """Read ``90s``, ``30m``, ``1h``, ``1h30m``, ``2d`` or ``1w`` as seconds.

    Examples
    --------
    >>> seconds_of("1h"), seconds_of("1h30m"), seconds_of("2 d")
    (3600.0, 5400.0, 172800.0)
    """
    wanted = text.strip().lower()
    parts = list(_PART.finditer(wanted))
    total = sum(float(part[1]) * _SECONDS[part[2]] for part in parts)
    if "".join(part[0] for part in parts) != wanted or total <= 0:
        raise BadInputError("{text} is not a span of time; write 30m, 6h or 2d.", text=text)
    return total
