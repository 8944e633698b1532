"""One formula per function, with its source; no database, no screen, no data frames.

Public names: ``cost_per``, ``engagement_rate_by_followers``, ``reach_range``, ``trend_setter_score``,
``posting_probability``, ``interval_score``, ``waiting_quantile``, ``exact_shares``.
Read in this order: ``tally``, ``engagement``, ``reach``, ``cost``, ``posting``, ``expected``, ``fits``,
``score``, ``flags``, ``intervals``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.metrics.care import waiting_quantile
    from ambassador.metrics.cost import cost_per
    from ambassador.metrics.engagement import engagement_rate_by_followers
    from ambassador.metrics.intervals import interval_score
    from ambassador.metrics.posting import posting_probability
    from ambassador.metrics.reach import reach_range
    from ambassador.metrics.score import trend_setter_score
    from ambassador.metrics.shares import exact_shares

__all__ = [
    "cost_per",
    "engagement_rate_by_followers",
    "exact_shares",
    "interval_score",
    "posting_probability",
    "reach_range",
    "trend_setter_score",
    "waiting_quantile",
]
__getattr__ = offering(
    __name__,
    {
        "cost_per": "cost",
        "engagement_rate_by_followers": "engagement",
        "reach_range": "reach",
        "trend_setter_score": "score",
        "posting_probability": "posting",
        "interval_score": "intervals",
        "waiting_quantile": "care",
        "exact_shares": "shares",
    },
)
