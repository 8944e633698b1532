"""Ranks within groups."""

import numpy as np
import numpy.typing as npt


def rank_in_group(group: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Count the entries of each group in the order they stand.

    Examples
    --------
    >>> rank_in_group(np.array([7, 3, 7, 7])).tolist()
    [0, 0, 1, 2]
    """
    by_group = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[by_group], group[by_group], side="left")
    rank = np.empty(group.size, np.int64)
    rank[by_group] = np.arange(group.size) - starts
    return rank
