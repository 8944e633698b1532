"""Reach: who could have seen it, counted once, as exactly as the data allow."""

from collections.abc import Sequence


def reach_range(sizes: Sequence[int | None]) -> tuple[int, int] | None:
    """
    Bound the unique audience of several accounts whose followers are known only as counts.

    Parameters
    ----------
    sizes : sequence of int or None
        Followers of each; None is unknown and adds nothing to either bound.

    Returns
    -------
    tuple of int or None
        ``(largest, sum)``: at least everybody who follows the largest, at most all of them with no overlap.
        None where no size is known.

    Examples
    --------
    >>> reach_range([1_000, None, 400])
    (1000, 1400)
    """
    known = [size for size in sizes if size is not None]
    return (max(known), sum(known)) if known else None
