"""How earlier forecasts turned out, and the past they are checked on.

Public names: Calibration, IntervalCoverage, LogRecord, OwnPastCheck, PastPost, PastTie.
Read in this order: calibration, past.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.calibration.calibration import (
        Calibration,
        IntervalCoverage,
        LogRecord,
        OwnPastCheck,
    )
    from ambassador.values.calibration.past import PastPost, PastTie

__all__ = ["Calibration", "IntervalCoverage", "LogRecord", "OwnPastCheck", "PastPost", "PastTie"]
__getattr__ = offering(
    __name__,
    {
        "Calibration": "calibration",
        "IntervalCoverage": "calibration",
        "LogRecord": "calibration",
        "OwnPastCheck": "calibration",
        "PastPost": "past",
        "PastTie": "past",
    },
)
