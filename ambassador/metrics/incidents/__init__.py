"""When a stream of posts departs from its own past by hour of week: too many at once, or none for too long.

Public names: UsualRate, learn_usual_rate, departures, silences, find_episodes, limit_for, walk_weeks.
Read in this order: usual_rate, scan, limits, walk.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.metrics.incidents.limits import limit_for
    from ambassador.metrics.incidents.scan import departures, find_episodes, silences
    from ambassador.metrics.incidents.usual_rate import UsualRate, learn_usual_rate
    from ambassador.metrics.incidents.walk import walk_weeks

__all__ = [
    "UsualRate",
    "departures",
    "find_episodes",
    "learn_usual_rate",
    "limit_for",
    "silences",
    "walk_weeks",
]
__getattr__ = offering(
    __name__,
    {
        "UsualRate": "usual_rate",
        "learn_usual_rate": "usual_rate",
        "departures": "scan",
        "silences": "scan",
        "find_episodes": "scan",
        "limit_for": "limits",
        "walk_weeks": "walk",
    },
)
