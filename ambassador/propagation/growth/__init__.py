"""Where a running cascade is heading, and how large the next one will be.

``learn_growth`` turns a past ``Course`` each (when its posts came) into a ``Growth`` that answers a
``Look`` at a running one; ``PastCourses`` and ``PastSizes`` do so from the past alone, ``predict_sizes``
from known features; ``progress_shares`` says how far along it is.
Read in this order: ``windows``, ``growth``, ``pooled``, ``past_sizes``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.propagation.growth.growth import Growth, Look, learn_growth, progress_shares
    from ambassador.propagation.growth.past_courses import PastCourses
    from ambassador.propagation.growth.past_sizes import PastSizes, predict_sizes
    from ambassador.propagation.growth.windows import Course

__all__ = [
    "Course",
    "Growth",
    "Look",
    "PastCourses",
    "PastSizes",
    "learn_growth",
    "predict_sizes",
    "progress_shares",
]
__getattr__ = offering(
    __name__,
    {
        "learn_growth": "growth",
        "Growth": "growth",
        "Course": "windows",
        "Look": "growth",
        "PastCourses": "past_courses",
        "PastSizes": "past_sizes",
        "predict_sizes": "past_sizes",
        "progress_shares": "growth",
    },
)
