"""Engagement: three named rates, never mixed, and where an account stands among its peers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ambassador.metrics.arrays import FloatArray
from ambassador.metrics.tally import add_known


@dataclass(frozen=True, slots=True)
class Engagements:
    """Interactions with a post, and which kinds were counted, in the order given."""

    count: float
    counted: tuple[str, ...]


class PostInteractions(Protocol):
    """One post's newest figures, as far as they are stated."""

    @property
    def likes(self) -> int | None:
        """Likes."""

    @property
    def replies(self) -> int | None:
        """Replies, comments among them."""

    @property
    def reposts(self) -> int | None:
        """Reposts, shares among them."""

    @property
    def quotes(self) -> int | None:
        """Quotes."""

    @property
    def saves(self) -> int | None:
        """Saves."""


def engagements_of(post: PostInteractions) -> int | None:
    """
    Add up a post's likes, replies, reposts, quotes and saves.

    Parameters
    ----------
    post : PostInteractions
        Anything with these five figures, each None where the source does not say.

    Returns
    -------
    int or None
        None where not one of them is known.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> engagements_of(SimpleNamespace(likes=30, replies=2, reposts=None, quotes=None, saves=None))
    32
    """
    return add_known((post.likes, post.replies, post.reposts, post.quotes, post.saves))


def count_engagements(interactions: Mapping[str, float | None]) -> Engagements | None:
    """
    Add up the interactions that are known, and say which those are.

    Parameters
    ----------
    interactions : mapping of str to float or None
        Kind of interaction -> how many; None is unknown, which is not zero.

    Returns
    -------
    Engagements or None
        None where nothing at all is known.

    Examples
    --------
    >>> count_engagements({"likes": 30, "comments": None, "saves": 2})
    Engagements(count=32.0, counted=('likes', 'saves'))
    >>> count_engagements({"likes": None}) is None
    True
    """
    known = {kind: count for kind, count in interactions.items() if count is not None}
    return Engagements(float(sum(known.values())), tuple(known)) if known else None


def engagement_rate_by_followers(engagements: float | None, followers: float | None) -> float | None:
    """
    Divide engagements by followers.

    Parameters
    ----------
    engagements : float or None
        Interactions with one post (or the average over posts).
    followers : float or None
        Followers of the account that posted.

    Returns
    -------
    float or None
        A fraction, not a percentage; None where either is unknown or nobody follows.

    Examples
    --------
    >>> engagement_rate_by_followers(32, 1_000)
    0.032
    """
    return _fraction(engagements, followers)


def engagement_rate_by_reach(engagements: float | None, reach: float | None) -> float | None:
    """
    Divide engagements by the people who received the post.

    Parameters
    ----------
    engagements : float or None
        Interactions with one post.
    reach : float or None
        Unique accounts that received it.

    Returns
    -------
    float or None
        A fraction; None where either is unknown or nobody was reached.

    Examples
    --------
    >>> engagement_rate_by_reach(32, 640)
    0.05
    """
    return _fraction(engagements, reach)


def engagement_rate_by_impressions(engagements: float | None, impressions: float | None) -> float | None:
    """
    Divide engagements by views.

    Parameters
    ----------
    engagements : float or None
        Interactions with one post.
    impressions : float or None
        Total deliveries of it ("views").

    Returns
    -------
    float or None
        A fraction; None where either is unknown or nothing was delivered.

    Examples
    --------
    >>> engagement_rate_by_impressions(32, 1_280)
    0.025
    """
    return _fraction(engagements, impressions)


def _fraction(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def percentile_among_nearest(followers: FloatArray, rates: FloatArray, nearest: int) -> FloatArray:
    """
    Rank every account's rate among the accounts nearest to it in size.

    There is no table of tiers: public ones disagree. Nearness is the distance of log-followers within the
    organisation's own data. The percentile is the mid-rank: peers below,
    plus half of those equal, over peers.

    Parameters
    ----------
    followers : ndarray of float, shape (n,)
        Followers; NaN where unknown. Fewer than one counts as one.
    rates : ndarray of float, shape (n,)
        Any one rate; NaN where unknown.
    nearest : int
        How many peers (K), at least 1. Where fewer are known, all of them are used.

    Returns
    -------
    ndarray of float, shape (n,)
        0 to 100; NaN where the account's own figures, or any peer, are missing.

    Raises
    ------
    ValueError
        If ``nearest`` is below 1 or the shapes differ.

    Examples
    --------
    >>> import numpy as np
    >>> followers = np.array([100.0, 110.0, 120.0, 9e6])
    >>> percentile_among_nearest(followers, np.array([0.01, 0.02, 0.03, 0.5]), 2)
    array([  0.,  50., 100., 100.])
    """
    if nearest < 1 or followers.shape != rates.shape:
        message = f"nearest={nearest} must be at least 1, shapes {followers.shape} and {rates.shape} equal"
        raise ValueError(message)
    found = np.full(followers.shape, np.nan)
    known = np.flatnonzero(~np.isnan(followers) & ~np.isnan(rates))
    if known.size < 2:  # noqa: PLR2004 - nobody to compare with
        return found
    size = np.log(np.maximum(followers[known], 1.0))
    order = np.argsort(size, kind="stable")
    found[known[order]] = _mid_ranks(size[order], rates[known[order]], min(nearest, known.size - 1))
    return found


def _mid_ranks(size: FloatArray, rates: FloatArray, peers: int) -> FloatArray:
    """Rank each rate among its ``peers`` nearest, a window of sorted sizes."""
    first = _nearest_windows(size, peers)
    window = np.lib.stride_tricks.sliding_window_view(rates, peers + 1)[first]
    below = np.count_nonzero(window < rates[:, None], axis=1)
    equal = np.count_nonzero(window == rates[:, None], axis=1) - 1  # without the account itself
    return np.asarray(100.0 * (below + 0.5 * equal) / peers, np.float64)


def _nearest_windows(size: FloatArray, peers: int) -> NDArray[np.int64]:
    """Find where the window of each place and its nearest ``peers`` begins."""
    place, last = np.arange(size.size), size.size - peers - 1
    sums = np.concatenate(([0.0], np.cumsum(size)))
    best, least = np.zeros_like(place), np.full(size.size, np.inf)
    for back in range(peers + 1):
        first = np.clip(place - back, 0, last)
        left = (place - first) * size - (sums[place] - sums[first])
        right = (sums[first + peers + 1] - sums[place + 1]) - (first + peers - place) * size
        nearer = left + right < least
        best[nearer], least[nearer] = first[nearer], (left + right)[nearer]
    return best
