"""What a forecast is asked, what it says, each figure with its ranges, and how fast word travels in it.

Public names: Delay, ForecastPageState, ForecastRequest, ForecastResult, ForecastView, Range, Timing.
Read in this order: forecasts, timing, standing.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.forecasts.forecasts import (
        ForecastPageState,
        ForecastRequest,
        ForecastResult,
        ForecastView,
        Range,
    )
    from ambassador.values.forecasts.timing import Delay, Timing

__all__ = [
    "Delay",
    "ForecastPageState",
    "ForecastRequest",
    "ForecastResult",
    "ForecastView",
    "Range",
    "Timing",
]
__getattr__ = offering(
    __name__,
    {
        "ForecastRequest": "forecasts",
        "ForecastResult": "forecasts",
        "ForecastView": "forecasts",
        "ForecastPageState": "forecasts",
        "Range": "forecasts",
        "Timing": "timing",
        "Delay": "timing",
    },
)
