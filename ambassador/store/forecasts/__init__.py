"""Forecasts as they were made, and what the log says of timing.

Public names: add_forecast, answer_delays, count_evidence, first_post_delays, get_forecast,
posts_per_person.
Read in this order: forecasts, timing_laws, evidence.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.forecasts.evidence import count_evidence
    from ambassador.store.forecasts.forecasts import add_forecast, get_forecast
    from ambassador.store.forecasts.timing_laws import answer_delays, first_post_delays, posts_per_person

__all__ = [
    "add_forecast",
    "answer_delays",
    "count_evidence",
    "first_post_delays",
    "get_forecast",
    "posts_per_person",
]
__getattr__ = offering(
    __name__,
    {
        "add_forecast": "forecasts",
        "get_forecast": "forecasts",
        "answer_delays": "timing_laws",
        "first_post_delays": "timing_laws",
        "posts_per_person": "timing_laws",
        "count_evidence": "evidence",
    },
)
