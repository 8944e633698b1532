"""Adding up what only some posts state, and setting what was observed against what was forecast."""

from collections.abc import Iterable, Sequence

from ambassador.metrics.reach import reach_range
from ambassador.values.results.results import IntervalPosition, Seen, StatedSum

Interval = tuple[float, float]


def add_known(figures: Iterable[int | None]) -> int | None:
    """
    Add up the whole numbers that are known.

    Parameters
    ----------
    figures : iterable of int or None
        None is unknown, which is not zero.

    Returns
    -------
    int or None
        None where nothing at all is known.

    Examples
    --------
    >>> add_known([3, None, 4]), add_known([None]), add_known([0])
    (7, None, 0)
    """
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def weighted_sum(stated: Iterable[tuple[float | None, float]]) -> StatedSum:
    """
    Add up a figure over posts, each counted by its share.

    Parameters
    ----------
    stated : iterable of (float or None, float)
        The figure of each post, None where the source does not say, and the share of the post that counts.

    Returns
    -------
    StatedSum
        The sum over the posts that state it, None where none does, and how many those are.

    Examples
    --------
    >>> weighted_sum([(100, 1.0), (None, 1.0), (50, 0.5)])
    StatedSum(value=125.0, stated=2, of=3)
    >>> weighted_sum([(None, 1.0)])
    StatedSum(value=None, stated=0, of=1)
    """
    pairs = list(stated)
    known = [figure * share for figure, share in pairs if figure is not None]
    return StatedSum(float(sum(known)) if known else None, len(known), len(pairs))


def people_who_may_see(followers: Sequence[int | None], *, union: int | None = None, listed: int = 0) -> Seen:
    """
    Bound the people who may have seen what some accounts posted.

    Parameters
    ----------
    followers : sequence of int or None
        Followers of the accounts whose follower list is not known.
    union : int or None
        Different people on the follower lists that are known.
    listed : int
        How many accounts these lists belong to.

    Returns
    -------
    Seen
        The exact union where every list is known; else at least the larger of the union and the largest
        account, at most the sum.

    Examples
    --------
    >>> people_who_may_see([1_000, None, 400])
    Seen(low=1000, high=1400, exact=False, known=2, of=3)
    >>> people_who_may_see([], union=750, listed=2)
    Seen(low=750, high=750, exact=True, known=2, of=2)
    >>> people_who_may_see([1_000], union=1_200, listed=2)
    Seen(low=1200, high=2200, exact=False, known=3, of=3)
    """
    of = len(followers) + listed
    counted = sum(size is not None for size in followers)
    bounds = reach_range([*followers, union])
    if bounds is None:
        return Seen(None, None, known=0, of=of)
    return Seen(
        *bounds, exact=counted + listed == of and (counted == 0 or of == 1), known=counted + listed, of=of
    )


def interval_position(observed: float | None, interval: Interval | None, *, over: bool) -> IntervalPosition:
    """
    Tell where an observed figure stands against its interval.

    Parameters
    ----------
    observed : float or None
        What was observed so far.
    interval : (float, float) or None
        The interval forecast for the end.
    over : bool
        Whether the time the interval speaks of is over.

    Returns
    -------
    IntervalPosition
        A figure below its interval is ``OPEN`` while it can still grow.

    Examples
    --------
    >>> [interval_position(value, (2, 9), over=False).value for value in (1, 2, 9, 10)]
    ['open', 'inside', 'inside', 'above']
    >>> interval_position(1, (2, 9), over=True).value, interval_position(1, None, over=True).value
    ('below', 'unknown')
    """
    if observed is None or interval is None:
        return IntervalPosition.UNKNOWN
    low, high = interval
    if observed > high:
        return IntervalPosition.ABOVE
    if observed >= low:
        return IntervalPosition.INSIDE
    return IntervalPosition.BELOW if over else IntervalPosition.OPEN
