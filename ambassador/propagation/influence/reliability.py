"""How good stated probabilities are: ranking, likelihood, and whether they come true as often as they say."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array

BINS = 20  # of the reliability diagram, each with the same count: every one holds a twentieth
TOP = 0.05  # share of the highest predictions looked at apart: those that picks rest on
# Probabilities are clipped here, so that one certainty that failed costs 14 and not everything.
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of about the same size: how large they were, and how often the thing happened."""

    predicted: float
    observed: float
    count: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """How good a set of stated probabilities was.

    Attributes
    ----------
    auc : float or None
        Chance that one who acted was ranked above one who did not; None if all did or none.
    log_likelihood : float
        Mean per prediction, probabilities clipped at 1e-6.
    calibration_error : float
        Mean distance of stated from observed frequency over equal-count bins.
    slope : float or None
        Of a logistic regression of the outcome on the log-odds stated; 1 is perfect, below 1 too bold.
    top_share_error : float or None
        Observed less stated in the top 5%, in standard errors of so many independent coins.
    top_group_error : float or None
        The same in standard errors that take those of one group to depend on one another; None without
        groups, or with fewer than two of them.
    bins : tuple of Bin
        The reliability diagram.
    """

    auc: float | None
    log_likelihood: float
    calibration_error: float
    slope: float | None
    top_share_error: float | None
    top_group_error: float | None
    bins: tuple[Bin, ...]


def rate_predictions(
    predicted: FloatArray, happened: BoolArray, group: Int32Array | None = None
) -> Reliability:
    """Compare stated probabilities with what happened.

    Parameters
    ----------
    predicted : float array, shape (predictions,)
    happened : bool array, shape (predictions,)
    group : int32 array, shape (predictions,), optional
        What each belongs to: people of one cascade join or stay away together.

    Examples
    --------
    >>> found = rate_predictions(np.array([0.1, 0.9]), np.array([False, True]))
    >>> found.auc, round(found.log_likelihood, 3)
    (1.0, -0.105)
    """
    stated = np.clip(predicted, LEAST, 1 - LEAST)
    bins = reliability_bins(stated, happened)
    return Reliability(
        area_under_curve(stated, happened),
        mean_log_likelihood(stated, happened),
        _off_by(bins),
        calibration_slope(stated, happened),
        top_error(stated, happened),
        None if group is None else top_group_error(stated, happened, group),
        bins,
    )


def score_predictions(predicted: FloatArray, happened: BoolArray) -> tuple[float | None, float, float]:
    """Compare by the first three figures of ``rate_predictions`` alone, which take a fraction of the time.

    Examples
    --------
    >>> stated, happened = np.array([0.1, 0.9]), np.array([False, True])
    >>> score_predictions(stated, happened)[0] == rate_predictions(stated, happened).auc
    True
    """
    stated = np.clip(predicted, LEAST, 1 - LEAST)
    error = _off_by(reliability_bins(stated, happened))
    return area_under_curve(stated, happened), mean_log_likelihood(stated, happened), error


def _off_by(bins: tuple[Bin, ...]) -> float:
    count = sum(one.count for one in bins)
    return float(sum(one.count * abs(one.predicted - one.observed) for one in bins) / max(count, 1))


def area_under_curve(predicted: FloatArray, happened: BoolArray) -> float | None:
    """Chance that one who acted is ranked above one who did not, ties counting half.

    Examples
    --------
    >>> happened = np.array([True, False, True, False])
    >>> area_under_curve(np.array([0.9, 0.1, 0.4, 0.4]), happened)
    0.875
    """
    wins = int(happened.sum())
    losses = happened.size - wins
    if not wins or not losses:
        return None
    ranks = _ranks(predicted)
    return float((ranks[happened].sum() - wins * (wins + 1) / 2) / (wins * losses))


def _ranks(values: FloatArray) -> FloatArray:
    """Ranks from 1 on; those that are alike share the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[place], np.float64)


def area_error(predicted: FloatArray, happened: BoolArray, group: Int32Array) -> float | None:
    """Standard error of the area under the curve where those of one group depend on one another.

    Placements summed by group (Obuchowski, Biometrics 53, 1997); None with fewer than two groups on a side.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> happened = rng.random(4_000) < 0.5
    >>> error = area_error(rng.random(4_000), happened, np.arange(4_000, dtype=np.int32))
    >>> round(error, 3)  # of independent coins: sqrt((n + 1) / (12 n1 n2))
    0.009
    """
    won, lost = np.unique(group[happened]), np.unique(group[~happened])
    least = 2
    if min(won.size, lost.size) < least:
        return None
    ranks, wins = _ranks(predicted), int(happened.sum())
    losses = happened.size - wins
    place = np.empty(happened.size)
    place[happened] = (ranks[happened] - _ranks(predicted[happened])) / losses
    place[~happened] = 1.0 - (ranks[~happened] - _ranks(predicted[~happened])) / wins
    off = place - place[happened].mean()
    _, number = np.unique(group, return_inverse=True)
    ours, theirs = (np.bincount(number[side], off[side], number.max() + 1) for side in (happened, ~happened))
    variance = (ours**2).sum() * won.size / (won.size - 1) / wins**2
    variance += (theirs**2).sum() * lost.size / (lost.size - 1) / losses**2
    variance += 2 * (ours * theirs).sum() / (wins * losses)
    return float(np.sqrt(max(variance, 0.0)))


def mean_log_likelihood(predicted: FloatArray, happened: BoolArray) -> float:
    """Mean log of the probability stated for what happened, clipped at 1e-6.

    Examples
    --------
    >>> round(mean_log_likelihood(np.array([0.5, 0.5]), np.array([True, False])), 3)
    -0.693
    """
    if not predicted.size:
        return 0.0
    stated = np.clip(predicted, LEAST, 1 - LEAST)
    return float(np.mean(np.where(happened, np.log(stated), np.log1p(-stated))))


def reliability_bins(predicted: FloatArray, happened: BoolArray, bins: int = BINS) -> tuple[Bin, ...]:
    """Cut the predictions, sorted, into bins of equal count.

    Examples
    --------
    >>> stated, happened = np.array([0.1, 0.3, 0.6, 0.8]), np.array([False, False, True, True])
    >>> [(round(one.predicted, 1), one.observed) for one in reliability_bins(stated, happened, bins=2)]
    [(0.2, 0.0), (0.7, 1.0)]
    """
    order = np.argsort(predicted, kind="stable")
    pieces = [piece for piece in np.array_split(order, bins) if piece.size]
    return tuple(
        Bin(float(predicted[piece].mean()), float(happened[piece].mean()), int(piece.size))
        for piece in pieces
    )


def calibration_slope(predicted: FloatArray, happened: BoolArray) -> float | None:
    """Fit log-odds = a + b x stated log-odds by Newton's method and give b.

    Examples
    --------
    >>> happened = np.repeat([True, False, True, False], [30, 70, 70, 30])
    >>> round(calibration_slope(np.repeat([0.3, 0.7], 100), happened), 3)
    1.0
    """
    wins = int(happened.sum())
    odds = special.logit(np.clip(predicted, LEAST, 1 - LEAST))
    if not wins or wins == happened.size or np.ptp(odds) < 1e-9:  # noqa: PLR2004 - all the same
        return None
    design, weights = np.stack([np.ones(odds.size), odds]), np.array([0.0, 1.0])
    for _ in range(50):
        fitted = special.expit(weights @ design)
        spread = fitted * (1 - fitted)
        step = np.linalg.lstsq((design * spread) @ design.T, design @ (happened - fitted), rcond=None)[0]
        weights = weights + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-10:  # noqa: PLR2004 - converged
            break
    return float(weights[1])


def top_error(predicted: FloatArray, happened: BoolArray, share: float = TOP) -> float | None:
    """Observed less stated frequency among the highest predictions, in standard errors of coins.

    Examples
    --------
    >>> top_error(np.full(4, 0.5), np.array([True, True, True, True]), share=1.0)
    2.0
    """
    top = _highest(predicted, share)
    stated = predicted[top]
    error = np.sqrt((stated * (1 - stated)).sum())
    return float((happened[top].sum() - stated.sum()) / error) if error > 0 else None


def top_group_error(
    predicted: FloatArray, happened: BoolArray, group: Int32Array, share: float = TOP
) -> float | None:
    """Observed less stated frequency among the highest, in standard errors of independent groups.

    The variance is the sum of the groups' squared misses: nothing is assumed of how those of one group
    depend on one another (Liang, Zeger 1986, "Longitudinal data analysis", the robust variance).

    Examples
    --------
    >>> stated, happened = np.full(4, 0.5), np.array([True, True, True, False])
    >>> top_group_error(stated, happened, np.array([0, 0, 1, 1], np.int32), share=1.0)
    1.0
    """
    top = _highest(predicted, share)
    if not top.size:
        return None
    number = np.unique(group[top], return_inverse=True)[1]
    misses = np.bincount(number, happened[top] - predicted[top])
    error = np.sqrt((misses**2).sum())
    return float(misses.sum() / error) if misses.size > 1 and error > 0 else None


def _highest(predicted: FloatArray, share: float) -> Int64Array:
    order = np.argsort(predicted, kind="stable")
    return order[order.size - round(order.size * share) :]
