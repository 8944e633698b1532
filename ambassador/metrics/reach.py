"""Reach: who could have seen it, counted once, as exactly as the data allow."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_PRIME = (1 << 61) - 1


def reach_and_exposure(audiences: Iterable[Collection[Hashable]]) -> tuple[int, int]:
    """
    Count the people who received at least one post, and all deliveries.

    Parameters
    ----------
    audiences : iterable of collections
        For every post, who received it.

    Returns
    -------
    reach : int
        Unique receivers.
    exposure : int
        Total deliveries (impressions).

    Notes
    -----
    Both are potential when the audiences are followers. Source: Union Metrics and TweetReach help pages.

    Examples
    --------
    You post to A and B; A passes it on to C; B passes it on to C and D.

    >>> reach_and_exposure([{"A", "B"}, {"C"}, {"C", "D"}])
    (4, 5)
    """
    reached: set[Hashable] = set()
    exposure = 0
    for audience in audiences:
        reached.update(audience)
        exposure += len(audience)
    return len(reached), exposure


def marginal_reach(audiences: Mapping[str, AbstractSet[Hashable]]) -> dict[str, int]:
    """
    Count, for each, the people only that one reaches.

    Parameters
    ----------
    audiences : mapping of str to set
        Name -> who that one reaches.

    Returns
    -------
    dict of str to int
        What each adds to all the others together.

    Examples
    --------
    >>> marginal_reach({"nina": {1, 2, 3}, "lia": {3, 4}})
    {'nina': 2, 'lia': 1}
    """
    times: dict[Hashable, int] = {}
    for audience in audiences.values():
        for member in audience:
            times[member] = times.get(member, 0) + 1
    return {name: sum(times[member] == 1 for member in audience) for name, audience in audiences.items()}


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


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two audiences share."""

    jaccard: float
    """Shared over the union."""
    of_smaller: float
    """Shared over the smaller of the two."""


def overlap(one: AbstractSet[Hashable], other: AbstractSet[Hashable]) -> Overlap | None:
    """
    Compare two audiences.

    Parameters
    ----------
    one, other : set
        The members of each.

    Returns
    -------
    Overlap or None
        None where one of them is empty: there is nothing to compare.

    Examples
    --------
    >>> overlap({1, 2, 3, 4}, {3, 4, 5})
    Overlap(jaccard=0.4, of_smaller=0.6666666666666666)
    """
    if not one or not other:
        return None
    shared = len(one & other)
    return Overlap(shared / (len(one) + len(other) - shared), shared / min(len(one), len(other)))


def minhash(members: NDArray[np.uint64], hashes: int = 256, key: int = 0) -> NDArray[np.uint64]:
    """
    Shrink an audience to a signature whose agreement with another estimates their overlap.

    Parameters
    ----------
    members : ndarray of uint64, shape (n,)
        Well mixed hashes of the members; n >= 1.
    hashes : int
        Length of the signature (k).
    key : int
        Which random hash functions; signatures are comparable only under one key.

    Returns
    -------
    ndarray of uint64, shape (hashes,)
        The least value under each hash function.

    Raises
    ------
    ValueError
        If there are no members.

    References
    ----------
    .. [1] A. Broder, "On the resemblance and containment of documents", 1997.
    """
    if members.size == 0:
        raise ValueError("an empty audience has no signature")
    rng = np.random.default_rng(key)
    salts = rng.integers(1, _PRIME, size=(hashes, 2), dtype=np.uint64)
    found = np.empty(hashes, np.uint64)
    for place, (odd, shift) in enumerate(salts):
        mixed = (members ^ shift) * (odd | np.uint64(1))  # wraps at 64 bits, which is the point
        mixed ^= mixed >> np.uint64(31)
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        found[place] = (mixed ^ (mixed >> np.uint64(29))).min()
    return found


def estimate_jaccard(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> tuple[float, float]:
    """
    Estimate the Jaccard overlap of two audiences from their signatures.

    Parameters
    ----------
    one, other : ndarray of uint64, shape (k,)
        Signatures made by `minhash` with the same key.

    Returns
    -------
    jaccard : float
        The share of places that agree.
    standard_deviation : float
        sqrt(J (1 - J) / k), to be shown beside it.

    Raises
    ------
    ValueError
        If the signatures differ in length.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([1, 2, 3, 4], np.uint64)
    >>> estimate_jaccard(one, np.array([1, 2, 9, 9], np.uint64))
    (0.5, 0.25)
    """
    if one.shape != other.shape:
        message = f"signatures of {one.size} and {other.size} hashes cannot be compared"
        raise ValueError(message)
    share = float(np.mean(one == other))
    return share, sqrt(share * (1 - share) / one.size)
