"""How good an order of reading and its probabilities are, on texts the learning has not seen."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import expit

from ambassador.metrics.arrays import FloatArray, IntArray
from ambassador.metrics.wording.features import essence
from ambassador.metrics.wording.regression import (
    KINDS,
    NEGATIVE,
    ToneModel,
    even_weights,
    fit_texts,
    likeness,
    prior_weights,
)

FOLDS: Final = 5
"""Each text is judged by what was learned from the other four fifths, as is usual."""
READ: Final = 0.2
"""How much is read first."""
_AGAIN: Final = 400
"""Samples drawn anew for a range: its ends then move by about a percentage point."""
_RANGE: Final = (0.05, 0.95)
_BINS: Final = 5
"""Of a few hundred labels; with ten bins chance alone would look like an error."""
_RIDGE: Final = 1e-3
"""Keeps the two numbers of the calibration finite where the labels are told apart without a fault."""
Flags = npt.NDArray[np.bool_]


class ShareRange(NamedTuple):
    """A share and its 90% range."""

    middle: float
    low: float
    high: float


class PlattScale(NamedTuple):
    """Log-odds turned into a probability: expit(slope * log-odds + shift) (Platt, 1999)."""

    slope: float
    shift: float

    def chance(self, log_odds: FloatArray) -> FloatArray:
        """Give the probability of each."""
        return np.asarray(expit(self.slope * log_odds + self.shift))


def fold_of(texts: Sequence[str]) -> IntArray:
    """
    Deal texts out to folds, always in the same way; texts that are alike fall into the same.

    Examples
    --------
    >>> fold_of(["a", "b", "A ", "c"]).tolist()
    [0, 1, 0, 2]
    """
    firsts: dict[str, int] = {}
    alike = [firsts.setdefault(essence(text), len(firsts)) for text in texts]
    return np.array(alike, np.int64) % FOLDS


def unseen_logits(rows: sparse.csr_array, tones: IntArray, folds: IntArray) -> FloatArray:
    """
    Give the logits of each text by what the other folds teach, shape (texts, 3).

    Examples
    --------
    >>> from ambassador.metrics.wording.features import features_of
    >>> texts = ["zorg one", "zorg two", "blip one", "blip two"]
    >>> tones = np.array([0, 0, 2, 2])
    >>> unseen_logits(features_of(texts), tones, fold_of(texts)).argmax(axis=1).tolist()
    [0, 0, 2, 2]
    """
    start = ToneModel(prior_weights()).logits(rows)
    alike = likeness(rows)
    found = start.copy()
    for fold in np.unique(folds):
        others, own = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if not others.size:
            continue
        known = tones[others]
        moved = fit_texts(alike[np.ix_(others, others)], known, even_weights(known), start[others])
        cross = (rows[own] @ rows[others].T).toarray() + 1.0
        found[own] += cross @ moved
    return found


def macro_f1(tones: IntArray, told: IntArray, weights: FloatArray) -> float:
    """
    Compute the mean over the tones that occur of F1, the harmonic mean of precision and recall.

    Examples
    --------
    >>> round(macro_f1(np.array([0, 0, 1, 2]), np.array([0, 1, 1, 2]), np.ones(4)), 3)
    0.778
    """
    scores = []
    for kind in range(KINDS):
        is_so, is_told = tones == kind, told == kind
        if is_so.any():
            scores.append(
                2 * weights[is_so & is_told].sum() / (weights[is_so].sum() + weights[is_told].sum())
            )
    return float(np.mean(scores)) if scores else 0.0


def found_first(negative: Flags, score: FloatArray, weights: FloatArray, read: float = READ) -> float | None:
    """
    Compute the share of negative texts among those read first, by falling score.

    Parameters
    ----------
    negative : bool array, shape (texts,)
    score : float array, shape (texts,)
        Texts of the same score are read in any order: of these the expected share counts.
    weights : float array, shape (texts,)
        For how many each stands.
    read : float
        Which share of all is read.

    Returns
    -------
    float or None
        None where none is negative.

    Examples
    --------
    >>> negative = np.array([True, False, True, False, False])
    >>> found_first(negative, np.array([5.0, 4.0, 3.0, 2.0, 1.0]), np.ones(5), 0.2)
    0.5
    >>> found_first(negative, np.zeros(5), np.ones(5), 0.2)
    0.2
    """
    whole = float(weights[negative].sum())
    if not whole:
        return None
    _, group = np.unique(-score, return_inverse=True)
    mass = np.bincount(group, weights)
    bad = np.bincount(group, weights * negative)
    left = read * mass.sum() - (np.cumsum(mass) - mass)
    return float((bad * np.clip(left / np.where(mass > 0, mass, 1.0), 0.0, 1.0)).sum() / whole)


def found_range(
    negative: Flags, score: FloatArray, weights: FloatArray, layers: IntArray, rng: np.random.Generator
) -> ShareRange | None:
    """
    Compute what reading the first fifth finds, with its range.

    Parameters
    ----------
    layers : int array, shape (texts,)
        Texts are drawn anew within their layer: those drawn at random apart from the others.

    Returns
    -------
    ShareRange or None
        The share, and where it lies in 90 of 100 samples drawn anew (bootstrap: Efron, 1979).

    Examples
    --------
    >>> negative, one = np.array([True, False] * 20), np.zeros(40, np.int64)
    >>> found_range(negative, np.arange(40.0), np.ones(40), one, np.random.default_rng(1)).middle
    0.2
    """
    middle = found_first(negative, score, weights)
    if middle is None:
        return None
    members = [np.flatnonzero(layers == layer) for layer in np.unique(layers)]
    drawn = []
    for _ in range(_AGAIN):
        again = np.concatenate([rng.choice(some, some.size) for some in members])
        share = found_first(negative[again], score[again], weights[again])
        if share is not None:
            drawn.append(share)
    low, high = np.quantile(drawn, _RANGE) if drawn else (middle, middle)
    return ShareRange(middle, float(min(low, middle)), float(max(high, middle)))


def calibrate(negative: Flags, log_odds: FloatArray, weights: FloatArray) -> PlattScale:
    """
    Fit the two numbers that turn log-odds into a probability.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> odds = rng.normal(0, 2, 20_000)
    >>> calibrate(rng.random(20_000) < expit(0.5 * odds - 1), odds, np.ones(20_000)).slope.__round__(1)
    0.5
    """
    target, share = negative.astype(np.float64), weights / max(weights.sum(), 1e-12)

    def loss(pair: FloatArray) -> tuple[float, FloatArray]:
        logit = pair[0] * log_odds + pair[1]
        away = share * (expit(logit) - target)
        told = float(share @ (np.logaddexp(0.0, logit) - target * logit))
        slope = np.array([away @ log_odds + _RIDGE * (pair[0] - 1.0), away.sum() + _RIDGE * pair[1]])
        return told + 0.5 * _RIDGE * float((pair[0] - 1.0) ** 2 + pair[1] ** 2), slope

    start: Any = np.array([1.0, 0.0])
    slope, shift = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return PlattScale(float(max(slope, 0.0)), float(shift))


def unseen_chances(negative: Flags, log_odds: FloatArray, weights: FloatArray, folds: IntArray) -> FloatArray:
    """
    Give the probability of each text by a calibration of the other folds, shape (texts,).

    Examples
    --------
    >>> negative, folds = np.array([True, False, True, False]), np.array([0, 0, 1, 1])
    >>> unseen_chances(negative, np.zeros(4), np.ones(4), folds).round(2).tolist()
    [0.5, 0.5, 0.5, 0.5]
    """
    found = np.empty(log_odds.size)
    for fold in np.unique(folds):
        own = folds == fold
        found[own] = calibrate(negative[~own], log_odds[~own], weights[~own]).chance(log_odds[own])
    return found


def calibration_error(negative: Flags, chance: FloatArray, weights: FloatArray) -> float:
    """
    Compute by how much probabilities are off on average.

    Returns
    -------
    float
        Expected calibration error (Naeini, Cooper, Hauskrecht, AAAI 2015) over five bins of equally
        many texts: the mean distance of what was said from how often it was so.

    Examples
    --------
    >>> calibration_error(np.array([True, False]), np.array([0.5, 0.5]), np.ones(2))
    0.5
    >>> calibration_error(np.array([True, False] * 50), np.full(100, 0.5), np.ones(100))
    0.0
    """
    order = np.argsort(chance, kind="stable")
    after = np.cumsum(weights[order])
    middle = (after - 0.5 * weights[order]) / after[-1]
    bins = np.minimum((middle * _BINS).astype(np.int64), _BINS - 1)
    mass = np.bincount(bins, weights[order], _BINS)
    said = np.bincount(bins, (weights * chance)[order], _BINS)
    came = np.bincount(bins, (weights * negative)[order], _BINS)
    return float(np.abs(said - came).sum() / mass.sum())


def is_negative(tones: IntArray) -> Flags:
    """
    Tell which texts are negative.

    Examples
    --------
    >>> is_negative(np.array([0, 1, 2])).tolist()
    [True, False, False]
    """
    return np.asarray(tones == NEGATIVE)
