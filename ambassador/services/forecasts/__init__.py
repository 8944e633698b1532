"""How far word will travel: computed, frozen, set beside what happened.

Public names: ``forecast``, ``open_forecast``, ``recompute_forecast``,
``forecast_as_delivered``, ``forecast_page_state``.
Read in this order: ``forecasts``, ``forecast_problem``, ``assumptions``, ``forecast_solution``,
``forecast_from_past``, ``run_amounts``, ``page_state``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.forecasts.as_delivered import forecast_as_delivered
    from ambassador.services.forecasts.forecasts import (
        forecast,
        open_forecast,
        recompute_forecast,
    )
    from ambassador.services.forecasts.page_state import forecast_page_state

__all__ = [
    "forecast",
    "forecast_as_delivered",
    "forecast_page_state",
    "open_forecast",
    "recompute_forecast",
]
__getattr__ = offering(
    __name__,
    {
        "forecast": "forecasts",
        "open_forecast": "forecasts",
        "recompute_forecast": "forecasts",
        "forecast_as_delivered": "as_delivered",
        "forecast_page_state": "page_state",
    },
)
