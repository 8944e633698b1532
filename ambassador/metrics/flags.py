"""Audience quality: flags with their evidence. A flag is a reason to look, never a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import log

import numpy as np

from ambassador.metrics.arrays import FloatArray

_MAD_TO_SD = 1.4826  # of a normal distribution


@dataclass(frozen=True, slots=True)
class FlagRules:
    """Thresholds, each a convention the organisation may change."""

    most_following: int = 1_500
    """Accounts that follow more than this often follow to be followed back."""
    spike_share: float = 0.2
    """Growth of followers between two readings, as a share of the earlier one, ..."""
    spike_days: float = 7.0
    """... if the readings are at most this many days apart."""
    outlier_deviations: float = 3.5
    """Robust deviations beyond which a like/comment ratio is unusual (Iglewicz and Hoaglin 1993)."""
    fewest_for_outliers: int = 20
    """Accounts needed before any of them can be called unusual."""


@dataclass(frozen=True, slots=True)
class Spike:
    """Followers gained between two readings close to each other."""

    before: int
    after: int
    from_at: datetime
    until_at: datetime


def follows_many(following: int | None, rules: FlagRules) -> bool:
    """
    Check whether an account follows unusually many others.

    Parameters
    ----------
    following : int or None
        How many it follows; None is unknown and flags nothing.
    rules : FlagRules
        The threshold.

    Returns
    -------
    bool
        True above the threshold.

    Examples
    --------
    >>> follows_many(1_501, FlagRules()), follows_many(1_500, FlagRules()), follows_many(None, FlagRules())
    (True, False, False)
    """
    return following is not None and following > rules.most_following


def largest_spike(readings: Sequence[tuple[datetime, int]], rules: FlagRules) -> Spike | None:
    """
    Find the steepest growth of followers between two readings in a row.

    Parameters
    ----------
    readings : sequence of (datetime, int)
        Followers, oldest reading first.
    rules : FlagRules
        How steep, and within how many days.

    Returns
    -------
    Spike or None
        The one with the largest relative growth; None where none exceeds the threshold.

    Examples
    --------
    >>> from datetime import UTC
    >>> monday, friday = datetime(2026, 5, 4, tzinfo=UTC), datetime(2026, 5, 8, tzinfo=UTC)
    >>> largest_spike([(monday, 1_000), (friday, 1_500)], FlagRules()).after
    1500
    """
    steepest, found = rules.spike_share, None
    for (from_at, before), (until_at, after) in pairwise(readings):
        days = (until_at - from_at).total_seconds() / 86_400
        growth = (after - before) / before if before > 0 else 0.0
        if days <= rules.spike_days and growth > steepest:
            steepest, found = growth, Spike(before, after, from_at, until_at)
    return found


def ratio_deviations(likes: FloatArray, comments: FloatArray, rules: FlagRules) -> FloatArray:
    """
    Measure how unusual each account's likes per comment are within the group.

    Parameters
    ----------
    likes, comments : ndarray of float, shape (n,)
        Averages per post; NaN where unknown. Only accounts with both above 0 take part.
    rules : FlagRules
        The least size of the group.

    Returns
    -------
    ndarray of float, shape (n,)
        (log ratio - median) / (1.4826 MAD): positive means many likes for few comments. NaN where unknown, or
        where the group is too small or has no spread.

    Examples
    --------
    >>> import numpy as np
    >>> likes = np.array([10.0, 20.0, 30.0, 40.0, 50_000.0])
    >>> found = ratio_deviations(likes, np.ones(5), FlagRules(fewest_for_outliers=5))
    >>> found[2] == 0.0 and found[4] > 10
    np.True_
    """
    found = np.full(likes.shape, np.nan)
    with np.errstate(invalid="ignore"):
        known = (likes > 0) & (comments > 0)
    if np.count_nonzero(known) < rules.fewest_for_outliers:
        return found
    ratios = np.log(likes[known] / comments[known])
    middle = float(np.median(ratios))
    spread = _MAD_TO_SD * float(np.median(np.abs(ratios - middle)))
    if spread > 0 and not np.isclose(log(1.0 + spread), 0.0):
        found[known] = (ratios - middle) / spread
    return found
