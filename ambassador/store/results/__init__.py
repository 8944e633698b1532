"""What came of a campaign: the outcome log, what devices cost, who follows whom in lists.

Public names: add_outcome, count_audience, custody_costs, device_custodies, list_outcomes, put_outcomes.
Read in this order: outcomes, import_outcomes, results.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.results.import_outcomes import put_outcomes
    from ambassador.store.results.outcomes import add_outcome, list_outcomes
    from ambassador.store.results.results import count_audience, custody_costs, device_custodies

__all__ = [
    "add_outcome",
    "count_audience",
    "custody_costs",
    "device_custodies",
    "list_outcomes",
    "put_outcomes",
]
__getattr__ = offering(
    __name__,
    {
        "add_outcome": "outcomes",
        "list_outcomes": "outcomes",
        "put_outcomes": "import_outcomes",
        "custody_costs": "results",
        "device_custodies": "results",
        "count_audience": "results",
    },
)
