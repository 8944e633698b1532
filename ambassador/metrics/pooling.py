"""Weights of several forecasts in one, and what all of them do not know of a whole launch."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.optimize import LinearConstraint, minimize
from scipy.special import ndtri

from ambassador.metrics.arrays import FloatArray, IntArray

_POINTS: Final = 40
"""Equally likely values a sample is thinned to: a score is then known to about 1%."""
_SPREADS: Final = np.linspace(0.0, 1.5, 151)
"""Plain bounds of the search: beyond, one launch in ten would be seven times the expected one."""
_USUAL_DOUBT: Final = 0.2
_DOUBT_WIDTH: Final = 0.7
"""Prior of the doubt: its logarithm is normal around that of 0.2, a factor of two either way."""
_FARTHEST: Final = 0.0025
"""Place in a forecast of 200 values of an observed one beyond them all: half a value from the end."""
_MOST_SHARED: Final = 0.95
"""A plain bound: something is always a forecast's own."""
_MIDDLE: Final = (0.1, 0.9)
_END: Final = 0.3
"""Part of the values at each end that are set apart: the middle half then has a width as well."""


def one_apart(samples: FloatArray) -> FloatArray:
    """Let a size that never differed differ by one person: a past without variety promises none.

    Parameters
    ----------
    samples : float array, shape (cases, points)
        Equally likely values of each case, rising, at least 1.

    Returns
    -------
    float array, shape (cases, points)
        Where the middle 80% are one value, three tenths at either end are one fewer, but at least 1, and one
        more; other rows as they are.

    Examples
    --------
    >>> one_apart(np.full((1, 10), 5.0)).tolist()
    [[4.0, 4.0, 4.0, 5.0, 5.0, 5.0, 5.0, 6.0, 6.0, 6.0]]
    """
    points = samples.shape[1]
    low, high = (samples[:, round(share * (points - 1))] for share in _MIDDLE)
    flat = low == high
    if not flat.any():
        return samples
    found, end = samples.copy(), max(1, round(_END * points))
    middle = low[flat, None]
    found[flat, :end] = np.minimum(found[flat, :end], np.maximum(middle - 1.0, 1.0))
    found[flat, -end:] = np.maximum(found[flat, -end:], middle + 1.0)
    return found


def pool_weights(
    samples: Sequence[FloatArray], observed: FloatArray, prior: FloatArray, seen_before: float
) -> FloatArray:
    """Weigh forecasts so that their linear pool scores best, drawn to a prior.

    The score is the continuous ranked probability score of the logarithms (Gneiting, Raftery, JASA 2007),
    quadratic in the weights; the prior counts as if it had been right ``seen_before`` times.

    Parameters
    ----------
    samples : float arrays, shape (cases, points)
        One a forecast: equally likely values of each case, at least 1.
    observed : float array, shape (cases,)
    prior : float array, shape (forecasts,)
        Weights before anything is seen, summing to 1.
    seen_before : float

    Returns
    -------
    float array, shape (forecasts,)
        Sums to 1.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> seen, even = rng.lognormal(3, 0.5, 200), np.full(2, 0.5)
    >>> right, wrong = rng.lognormal(3, 0.5, (200, 90)), rng.lognormal(5, 0.5, (200, 90))
    >>> pool_weights([right, wrong], seen, even, 20.0).round(1).tolist()
    [1.0, 0.0]
    """
    logs = [np.log(np.maximum(_thinned(one), 1.0)) for one in samples]
    came = np.log(np.maximum(observed, 1.0))
    away = np.array([np.abs(one - came[:, None]).mean() for one in logs])
    apart = np.array([[_apart(one, other) for other in logs] for one in logs])
    count, scale = max(observed.size, 1), float(np.min(away - 0.5 * np.diag(apart)))
    pull = seen_before / count * max(scale, 1e-3)

    def loss(weights: FloatArray) -> float:
        score = weights @ away - 0.5 * weights @ apart @ weights
        return float(score + pull * ((weights - prior) ** 2).sum())

    whole = LinearConstraint(np.ones(len(samples)), 1.0, 1.0)
    found = minimize(loss, prior, method="SLSQP", bounds=[(0.0, 1.0)] * len(samples), constraints=[whole]).x
    weights = np.clip(found, 0.0, None)
    return np.asarray(weights / weights.sum())


def pooled(samples: Sequence[FloatArray], weights: FloatArray, shares: FloatArray) -> FloatArray:
    """Read off quantiles of the linear pool of some forecasts.

    Parameters
    ----------
    samples : float arrays, shape (cases, points)
    shares : float array, shape (wanted,)

    Returns
    -------
    float array, shape (cases, wanted)

    Examples
    --------
    >>> pooled([np.array([[1.0, 2.0]]), np.array([[9.0]])], np.array([0.5, 0.5]), np.array([0.2, 0.4, 0.9]))
    array([[1., 2., 9.]])
    """
    values = np.concatenate(samples, axis=1)
    mass = np.concatenate(
        [np.full(one.shape[1], weight / one.shape[1]) for one, weight in zip(samples, weights, strict=True)]
    )
    order = np.argsort(values, axis=1, kind="stable")
    ends = np.cumsum(mass[order], axis=1)
    place = np.stack([np.searchsorted(row / row[-1], shares) for row in ends])
    return np.take_along_axis(np.take_along_axis(values, order, axis=1), place, axis=1)


def shared_doubt(places: FloatArray, widths: FloatArray, launches: IntArray) -> float:
    """Tell how far the forecasts of one launch miss together, as a deviation of logarithms.

    Each forecast allows for its own misses; those of one launch share a part of them: a factor whose
    logarithm has this deviation, within the width of each (a copula of one factor: Vasicek 2002). It is the
    square root of the mean square under its posterior; the prior is 0.2, within a factor of two.

    Parameters
    ----------
    places : float array, shape (cases,)
        Where each observed value fell in its forecast, from 0 to 1.
    widths : float array, shape (cases,)
        Deviation of the logarithm of each forecast.
    launches : int array, shape (cases,)
        The launch each belongs to, from 0 on.

    Examples
    --------
    >>> from scipy.special import ndtr
    >>> none = np.empty(0)
    >>> round(shared_doubt(none, none, np.empty(0, np.int64)), 2)
    0.32
    >>> rng = np.random.default_rng(1)
    >>> launch, own = np.repeat(np.arange(100), 8), rng.standard_normal(800)
    >>> score = 0.5 * rng.standard_normal(100)[launch] + 0.75**0.5 * own
    >>> round(shared_doubt(ndtr(score), np.ones(800), launch), 1)
    0.5
    """
    score = ndtri(np.clip(places, _FARTHEST, 1.0 - _FARTHEST))
    told = -0.5 * (np.log(_SPREADS[1:] / _USUAL_DOUBT) / _DOUBT_WIDTH) ** 2 - np.log(_SPREADS[1:])
    for number, doubt in enumerate(_SPREADS[1:].tolist()):
        along = shared_part(doubt, widths)
        own = 1.0 - along**2
        pulled, weight = (np.bincount(launches, one / own) for one in (along * score, along**2))
        told[number] -= 0.5 * (np.log(own) + score**2 / own).sum()
        told[number] -= 0.5 * (np.log1p(weight) - pulled**2 / (1.0 + weight)).sum()
    weight = np.exp(told - told.max())
    return float(np.sqrt((weight * _SPREADS[1:] ** 2).sum() / weight.sum()))


def shared_part(doubt: float, widths: FloatArray) -> FloatArray:
    """Tell how closely forecasts of such widths follow what a launch shares, as a correlation.

    Examples
    --------
    >>> shared_part(0.3, np.array([0.6, 0.1])).tolist()
    [0.5, 0.95]
    """
    return np.asarray(np.minimum(doubt / np.maximum(widths, 1e-9), _MOST_SHARED))


def _thinned(sample: FloatArray) -> FloatArray:
    ordered = np.sort(sample, axis=1)
    place = ((np.arange(_POINTS) + 0.5) / _POINTS * sample.shape[1]).astype(np.int64)
    return np.asarray(ordered[:, place])


def _apart(one: FloatArray, other: FloatArray) -> float:
    return float(np.mean([np.abs(a[:, None] - b).mean() for a, b in zip(one, other, strict=True)]))
