"""Judging predictions by what came: were intervals right as often as they said, and were they narrow."""

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr, gammaln, ndtri, xlog1py, xlogy

from ambassador.metrics.arrays import FloatArray

LEVELS = (50, 80, 90)


def interval_score(low: npt.ArrayLike, high: npt.ArrayLike, observed: npt.ArrayLike, level: float) -> float:
    """
    Compute the mean interval score: the width, and a fine for every miss; the smaller, the better.

    Parameters
    ----------
    low, high, observed : arrays, shape (cases,)
        In one unit, which the score has too.
    level : float
        How often the interval is meant to hold, 0.8 for instance.

    Notes
    -----
    ``high - low + 2 / alpha * (by how much it was missed)`` with ``alpha = 1 - level``
    (Gneiting and Raftery 2007, JASA 102, section 6.2).

    Examples
    --------
    >>> round(interval_score([10, 10], [20, 20], [15, 23], 0.8), 6)
    25.0
    """
    return float(np.mean(interval_scores(low, high, observed, level)))


def interval_scores(
    low: npt.ArrayLike, high: npt.ArrayLike, observed: npt.ArrayLike, level: float
) -> FloatArray:
    """Compute the interval score of every case, shape (cases,); see ``interval_score``.

    Examples
    --------
    >>> interval_scores([10, 10], [20, 20], [15, 23], 0.8).round(6)
    array([10., 40.])
    """
    lowest, highest, came = (np.asarray(one, dtype=np.float64) for one in (low, high, observed))
    missed = np.maximum(lowest - came, 0.0) + np.maximum(came - highest, 0.0)
    return np.asarray(highest - lowest + 2.0 / (1.0 - level) * missed, dtype=np.float64)


def coverage(low: npt.ArrayLike, high: npt.ArrayLike, observed: npt.ArrayLike) -> float:
    """
    Compute the share of cases inside their interval, ends included.

    Examples
    --------
    >>> coverage([1, 1], [2, 2], [2, 3])
    0.5
    """
    came = np.asarray(observed)
    return float(np.mean((np.asarray(low) <= came) & (came <= np.asarray(high))))


def coverage_p_value(hits: int, cases: int, level: float) -> float:
    """
    Compute the p-value of the exact binomial test that intervals hold as often as they say.

    Examples
    --------
    >>> round(coverage_p_value(80, 100, 0.8), 3), coverage_p_value(50, 100, 0.8) < 0.001
    (1.0, True)
    """
    counts = np.arange(cases + 1)
    ways = gammaln(cases + 1) - gammaln(counts + 1) - gammaln(cases - counts + 1)
    chance = np.exp(ways + xlogy(counts, level) + xlog1py(cases - counts, -level))
    # as likely as what came, or less; equal chances of both sides may differ in their last digits
    return float(min(chance[chance <= chance[hits] * (1 + 1e-7)].sum(), 1.0))


def median_percentage_error(expected: npt.ArrayLike, observed: npt.ArrayLike) -> float:
    """
    Compute the median of |expected - observed| / observed.

    Examples
    --------
    >>> median_percentage_error([90, 100, 300], [100, 100, 100])
    0.1
    """
    return float(np.median(percentage_errors(expected, observed)))


def percentage_errors(expected: npt.ArrayLike, observed: npt.ArrayLike) -> FloatArray:
    """Compute |expected - observed| / observed, shape (cases,).

    Examples
    --------
    >>> percentage_errors([90, 300], [100, 100])
    array([0.1, 2. ])
    """
    came = np.asarray(observed, dtype=np.float64)
    return np.asarray(np.abs(np.asarray(expected, dtype=np.float64) - came) / came, dtype=np.float64)


def median_range(cases: npt.ArrayLike, level: float) -> tuple[float, float]:
    """
    Compute the range that holds the median of all cases like these with probability ``level`` at least.

    Parameters
    ----------
    cases : array, shape (cases,)
    level : float

    Notes
    -----
    From one order statistic to its mirror: each case is above the true median as a coin falls, whatever the
    law (Hahn, Meeker, Escobar 2017, section 5.2). With too few cases for the level it is all they span.

    Examples
    --------
    >>> median_range([7, 1, 2, 3, 4, 5, 6, 8], 0.9)
    (2.0, 7.0)
    """
    ordered = np.sort(np.asarray(cases, dtype=np.float64))
    reached = bdtr(np.arange(ordered.size + 1), ordered.size, 0.5)
    below = int(np.searchsorted(reached, (1.0 - level) / 2.0))
    place = max(below - 1, 0)
    return float(ordered[place]), float(ordered[ordered.size - 1 - place])


def share_test(inside: int, of: int, level: int) -> float | None:
    """
    Test whether an interval holds as often as it says (exact binomial, two-sided).

    Parameters
    ----------
    inside, of : int
        How many observed values lay inside, of how many.
    level : int
        What the interval promises, in per cent.

    Returns
    -------
    float or None
        The p-value; None where there is nothing to test.

    Examples
    --------
    >>> round(share_test(8, 10, 80), 3), round(share_test(2, 10, 80), 5)
    (1.0, 8e-05)
    """
    if of == 0:
        return None
    return coverage_p_value(inside, of, level / 100)


def share_interval(hits: int, cases: int, level: float) -> tuple[float, float]:
    """
    Compute the range that holds the true share behind an observed one, had the cases been drawn by lot.

    Parameters
    ----------
    hits, cases : int
        So many of so many; at least one case.
    level : float
        How often such a range holds it, 0.95 for instance.

    Notes
    -----
    Wilson's interval (1927, JASA 22): near 0 and 1 it stays within them and holds about as often as it says.

    Examples
    --------
    >>> [round(end, 3) for end in share_interval(5, 10, 0.95)], share_interval(0, 10, 0.95)[0]
    ([0.237, 0.763], 0.0)
    """
    z = float(ndtri(0.5 + level / 2))
    share, weight = hits / cases, z * z / cases
    middle = (share + weight / 2) / (1 + weight)
    half = z * float(np.sqrt(share * (1 - share) / cases + weight / (4 * cases))) / (1 + weight)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def probability_transform(samples: FloatArray, observed: float, coin: float) -> float:
    """
    Tell where an observed value falls in a predictive distribution: uniform in [0, 1] if that is right.

    Parameters
    ----------
    samples : ndarray of float, shape (n,)
        Drawn from the predictive distribution.
    observed : float
    coin : float
        In [0, 1]: how ties are split (Czado, Gneiting, Held, "Predictive model assessment for count data",
        Biometrics 2009, section 2.1).

    Examples
    --------
    >>> probability_transform(np.array([1.0, 2.0, 2.0, 5.0]), 2.0, 0.5)
    0.5
    """
    below, equal = np.mean(samples < observed), np.mean(samples == observed)
    return float(below + coin * equal)


def histogram(transforms: FloatArray, bins: int = 10) -> list[int]:
    """
    Count transforms in equal bins: flat where the distributions are right, a U where they are too narrow.

    Examples
    --------
    >>> histogram(np.array([0.05, 0.95, 1.0]), 2)
    [1, 2]
    """
    return [int(count) for count in np.histogram(transforms, bins, (0.0, 1.0))[0]]


def in_standard_errors(differences: FloatArray) -> float:
    """
    Compute by how many standard errors the mean of some differences lies from zero.

    Parameters
    ----------
    differences : ndarray of float, shape (cases,)
        Two at least.

    Returns
    -------
    float
        0 where all differences are the same.

    Examples
    --------
    >>> round(in_standard_errors(np.array([1.0, 2.0, 3.0])), 4), in_standard_errors(np.ones(3))
    (3.4641, 0.0)
    """
    error = float(differences.std(ddof=1)) / float(np.sqrt(differences.size))
    return float(differences.mean()) / error if error > 0 else 0.0


def calibration_error(stated: FloatArray, happened: npt.NDArray[np.bool_], groups: int) -> float | None:
    """
    Compute the mean gap between stated probabilities and how often the thing happened.

    Parameters
    ----------
    stated : ndarray of float, shape (cases,)
        Probabilities.
    happened : ndarray of bool, shape (cases,)
    groups : int
        Cases are compared in so many groups of equal size, from the least to the most probable. Equal
        statements are one: which of them stands first in a file must not decide in which group it falls.

    Returns
    -------
    float or None
        From 0 to 1; None without any case.

    Examples
    --------
    >>> calibration_error(np.array([0.25, 0.25, 0.75, 0.75]), np.array([False, True, True, True]), 2)
    0.25
    >>> calibration_error(np.full(4, 0.5), np.array([False, False, True, True]), 2)
    0.0
    """
    if not stated.size:
        return None
    alike, count = np.unique(stated, return_inverse=True, return_counts=True)[1:]
    came = (np.bincount(alike, happened) / count)[alike]
    parts = np.array_split(np.argsort(stated, kind="stable"), groups)
    gaps = [abs(stated[part].mean() - came[part].mean()) * part.size for part in parts if part.size]
    return float(sum(gaps) / stated.size)


def calibration_error_by_chance(
    stated: FloatArray, happened: npt.NDArray[np.bool_], cluster: npt.NDArray[np.int64], groups: int
) -> float | None:
    """
    Compute the calibration error to be expected of somebody who knows all that can be known beforehand.

    Cases of one cluster go well or badly together, so each group's gap varies by chance as its clusters
    differ: a normal law of their variance, whose mean size is ``sqrt(2 / pi)`` standard deviations.

    Parameters
    ----------
    stated : ndarray of float, shape (cases,)
    happened : ndarray of bool, shape (cases,)
    cluster : ndarray of int, shape (cases,)
        Numbers from 0.
    groups : int
        As in ``calibration_error``.

    Examples
    --------
    >>> happened = np.arange(1000) % 2 > 0
    >>> alone = calibration_error_by_chance(np.full(1000, 0.5), happened, np.arange(1000), 1)
    >>> cluster = np.arange(1000) // 50
    >>> together = calibration_error_by_chance(np.full(1000, 0.5), np.arange(1000) > 499, cluster, 1)
    >>> round(alone, 3), round(together, 3)
    (0.013, 0.089)
    """
    if not stated.size:
        return None
    alike, count = np.unique(stated, return_inverse=True, return_counts=True)[1:]
    total = 0.0
    for part in np.array_split(np.argsort(stated, kind="stable"), groups):
        # where equal statements fall into several groups, each holds the same part of every one of them
        inside = (np.bincount(alike[part], minlength=count.size) / count)[alike]
        gap = happened - stated
        away = inside * (gap - float(inside @ gap) / max(part.size, 1))
        total += float(np.sqrt(2.0 / np.pi * (np.bincount(cluster, away) ** 2).sum()))
    return total / stated.size
