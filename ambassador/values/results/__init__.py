"""What came of a campaign beside its forecast: per ambassador, in the report, in the outcome log.

Public names: AmbassadorResult, CampaignResults, ForecastComparison, OutcomeForm, OutcomesView, Report,
Surprise.
Read in this order: results, reports, outcomes, surprises.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.results.outcomes import OutcomeForm, OutcomesView
    from ambassador.values.results.reports import Report
    from ambassador.values.results.results import AmbassadorResult, CampaignResults, ForecastComparison
    from ambassador.values.results.surprises import Surprise

__all__ = [
    "AmbassadorResult",
    "CampaignResults",
    "ForecastComparison",
    "OutcomeForm",
    "OutcomesView",
    "Report",
    "Surprise",
]
__getattr__ = offering(
    __name__,
    {
        "CampaignResults": "results",
        "AmbassadorResult": "results",
        "ForecastComparison": "results",
        "Report": "reports",
        "OutcomeForm": "outcomes",
        "OutcomesView": "outcomes",
        "Surprise": "surprises",
    },
)
