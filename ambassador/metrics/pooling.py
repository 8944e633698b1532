"""Weights of several forecasts in one, and what all of them do not know of a whole launch."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.optimize import LinearConstraint, minimize

from ambassador.metrics.arrays import FloatArray

_POINTS: Final = 40
"""Equally likely values a sample is thinned to: a score is then known to about 1%."""
_SPREADS: Final = np.linspace(0.0, 1.5, 151)
"""Plain bounds of the search: beyond, one launch in ten would be seven times the expected one."""
_USUAL_DOUBT: Final = 0.2
_DOUBT_WIDTH: Final = 0.7
"""Prior of the doubt: its logarithm is normal around that of 0.2, a factor of two either way."""
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


def shared_doubt(expected: FloatArray, variance: FloatArray, observed: FloatArray) -> float:
    """Tell by how much whole launches miss beyond what their parts, each by itself, explain.

    The logarithm of observed over expected is normal with what the parts explain plus the square of the
    doubt, which has a prior: 0.2, within a factor of two.

    Parameters
    ----------
    expected, variance, observed : float arrays, shape (launches,)
        Totals; the variance as if the parts of a launch were independent.

    Examples
    --------
    >>> none = np.empty(0)
    >>> round(shared_doubt(none, none, none), 2)
    0.32
    >>> rng = np.random.default_rng(1)
    >>> round(shared_doubt(np.full(500, 1e3), np.full(500, 1.0), 1e3 * rng.lognormal(0, 0.5, 500)), 1)
    0.5
    """
    explained = np.log1p(variance / np.maximum(expected, 1e-9) ** 2)
    miss = np.log(np.maximum(observed, 0.5) / np.maximum(expected, 0.5))
    width = _SPREADS[1:, None] ** 2 + explained
    told = -0.5 * (np.log(width) + miss**2 / width).sum(axis=1)
    told -= 0.5 * (np.log(_SPREADS[1:] / _USUAL_DOUBT) / _DOUBT_WIDTH) ** 2 + np.log(_SPREADS[1:])
    weight = np.exp(told - told.max())
    return float(np.sqrt((weight * _SPREADS[1:] ** 2).sum() / weight.sum()))


def _thinned(sample: FloatArray) -> FloatArray:
    ordered = np.sort(sample, axis=1)
    place = ((np.arange(_POINTS) + 0.5) / _POINTS * sample.shape[1]).astype(np.int64)
    return np.asarray(ordered[:, place])


def _apart(one: FloatArray, other: FloatArray) -> float:
    return float(np.mean([np.abs(a[:, None] - b).mean() for a, b in zip(one, other, strict=True)]))
