"""What came of it: counted, costed, logged, reported.

Public names: ``observe_results``, ``observed_by_day``, ``forecast_by_day``, ``log_outcome``,
``list_outcomes``, ``open_outcomes``, ``campaign_report``, ``report_file``.
Read in this order: ``results``, ``figures``, ``costs``, ``against_forecast``, ``outcomes``, ``page_state``,
``report``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.results.outcomes import list_outcomes, log_outcome
    from ambassador.services.results.page_state import open_outcomes
    from ambassador.services.results.report import campaign_report, report_file
    from ambassador.services.results.results import forecast_by_day, observe_results, observed_by_day

__all__ = [
    "campaign_report",
    "forecast_by_day",
    "list_outcomes",
    "log_outcome",
    "observe_results",
    "observed_by_day",
    "open_outcomes",
    "report_file",
]
__getattr__ = offering(
    __name__,
    {
        "observe_results": "results",
        "observed_by_day": "results",
        "forecast_by_day": "results",
        "log_outcome": "outcomes",
        "list_outcomes": "outcomes",
        "open_outcomes": "page_state",
        "campaign_report": "report",
        "report_file": "report",
    },
)
