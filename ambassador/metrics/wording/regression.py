"""Logistic regression over three tones, drawn to what the lexicon says before anything is learned.

The most likely weights under a normal prior around those of the lexicon (ridge; le Cessie, van Houwelingen,
Applied Statistics 41, 1992), found by L-BFGS. Without a label the prior alone orders posts; each label moves
the weights of what its text holds.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax

from ambassador.metrics.arrays import FloatArray, IntArray
from ambassador.metrics.wording.features import COLUMNS, LEXICON, PLACES

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
KINDS: Final = 3

_PRIOR: Final = {
    # negative, neutral, positive; so that one bad word makes a text about twice as often negative as neutral,
    # and what asks or wants something put right half as much again
    "bad": (1.2, 0.0, -0.4),
    "good": (-0.4, 0.0, 1.2),
    "trouble": (0.6, 0.0, -0.4),
    "bad signs": (1.2, 0.0, -0.6),
    "good signs": (-0.6, 0.0, 1.2),
    "exclaims": (0.1, -0.1, 0.1),
    "asks": (0.2, 0.0, -0.2),
    "shouts": (0.4, 0.0, -0.2),
}
_START: Final = (-0.15, 0.25, -0.15)
"""Of a text that holds nothing the lexicon knows: most are neither, one word is enough to say otherwise."""
PENALTY: Final = 1.0
"""Of the square of how far a weight is from its prior; both blocks of hashed runs are about 1 long."""
_SAME: Final = 1e-9
"""Added to the likeness of a text with itself: two labels of one text would leave it without a root."""
_ROUNDS: Final = 200
"""A plain bound: 20 to 60 rounds are usual."""


def prior_weights() -> FloatArray:
    """
    Give the weights before anything is learned.

    Returns
    -------
    float array, shape (3, COLUMNS + 1)
        Of each tone; the last column is the constant.

    Examples
    --------
    >>> prior_weights()[:, PLACES + LEXICON.index("good")].tolist()
    [-0.4, 0.0, 1.2]
    """
    weights = np.zeros((KINDS, COLUMNS + 1))
    for place, name in enumerate(LEXICON):
        weights[:, PLACES + place] = _PRIOR[name]
    weights[:, -1] = _START
    return weights


@dataclass(frozen=True, slots=True, eq=False)
class ToneModel:
    """What was learned: weights of the columns that occurred, and the prior for the others."""

    weights: FloatArray
    """Shape (3, COLUMNS + 1)."""

    def logits(self, rows: sparse.csr_array) -> FloatArray:
        """Give the log-odds of each tone, up to a constant a row, shape (rows, 3)."""
        return np.asarray(rows @ self.weights[:, :-1].T + self.weights[:, -1])

    def negativity(self, rows: sparse.csr_array) -> FloatArray:
        """Give the log-odds that a text is negative, shape (rows,): what the order of reading follows."""
        return negativity(self.logits(rows))


def negativity(logits: FloatArray) -> FloatArray:
    """
    Compute the log-odds of the first of three tones.

    Examples
    --------
    >>> negativity(np.log([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])).round(2).tolist()
    [0.0, -2.2]
    """
    return np.asarray(logits[:, NEGATIVE] - logsumexp(logits[:, NEUTRAL:], axis=1))


def learn_tone(rows: sparse.csr_array, tones: IntArray) -> ToneModel:
    """
    Learn from labelled texts.

    Parameters
    ----------
    rows : sparse array, shape (texts, COLUMNS)
        Of ``features_of``.
    tones : int array, shape (texts,)
        ``NEGATIVE``, ``NEUTRAL`` or ``POSITIVE``. Each tone that occurs has the same weight in all, however
        rare it is; none at all leaves the prior.

    Returns
    -------
    ToneModel

    Examples
    --------
    >>> from ambassador.metrics.wording.features import features_of
    >>> texts = ["zorg zorg", "zorg again", "blip", "blip now"]
    >>> model = learn_tone(features_of(texts), np.array([NEGATIVE, NEGATIVE, POSITIVE, POSITIVE]))
    >>> float(np.diff(model.negativity(features_of(["blip", "zorg"])))[0]) > 0.3
    True
    """
    prior = prior_weights()
    if not tones.size:
        return ToneModel(prior)
    start = ToneModel(prior).logits(rows)
    moved = fit_texts(likeness(rows), tones, even_weights(tones), start)
    return ToneModel(prior + np.hstack([np.asarray(rows.T @ moved).T, moved.sum(axis=0)[:, None]]))


def likeness(rows: sparse.csr_array) -> FloatArray:
    """
    Give the inner products of all pairs of texts, that of the constants included, over the penalty.

    Examples
    --------
    >>> likeness(sparse.csr_array(np.array([[1.0, 0.0], [1.0, 2.0]]))).tolist()
    [[2.0, 2.0], [2.0, 6.0]]
    """
    return np.asarray(((rows @ rows.T).toarray() + 1.0) / PENALTY)


def even_weights(tones: IntArray) -> FloatArray:
    """
    Weigh texts so that each tone that occurs counts the same in all.

    Examples
    --------
    >>> even_weights(np.array([0, 1, 1, 1])).tolist()
    [2.0, 0.6666666666666666, 0.6666666666666666, 0.6666666666666666]
    """
    many = np.bincount(tones, minlength=KINDS)
    return np.asarray(tones.size / (np.count_nonzero(many) * many[tones]))


def fit_texts(alike: FloatArray, tones: IntArray, weights: FloatArray, start: FloatArray) -> FloatArray:
    """
    Find how far each labelled text draws the weights of what it holds.

    The best weights are the prior and a sum of the labelled rows (representer theorem: Kimeldorf, Wahba,
    1971), so that a few hundred numbers are looked for instead of a quarter of a million: ridge regression
    on the rows of a Cholesky root of the likeness, which has the same loss.

    Parameters
    ----------
    alike : float array, shape (texts, texts)
        Of ``likeness``.
    tones : int array, shape (texts,)
    weights : float array, shape (texts,)
    start : float array, shape (texts, 3)
        Logits by the prior.

    Returns
    -------
    float array, shape (texts, 3)
        The weights are the prior and the labelled rows times this, over the penalty already.

    Examples
    --------
    >>> alike, start = likeness(sparse.csr_array(np.eye(2))), np.zeros((2, 3))
    >>> fit_texts(alike, np.array([NEGATIVE, POSITIVE]), np.ones(2), start).round(2).tolist()
    [[0.45, -0.18, -0.27], [-0.27, -0.18, 0.45]]
    """
    root = cholesky(alike + _SAME * np.trace(alike) / tones.size * np.eye(tones.size), lower=True)
    rows = np.arange(tones.size)
    target = np.zeros((tones.size, KINDS))
    target[rows, tones] = 1.0

    def loss(flat: FloatArray) -> tuple[float, FloatArray]:
        away = flat.reshape(target.shape)
        logits = start + root @ away
        told = float(weights @ (logsumexp(logits, axis=1) - logits[rows, tones]))
        slope = root.T @ (weights[:, None] * (softmax(logits, axis=1) - target)) + away
        return told + 0.5 * float((away**2).sum()), slope.ravel()

    nothing: Any = np.zeros(target.size)  # the stubs know only functions of one exact shape
    settings: Any = {"maxiter": _ROUNDS, "gtol": 1e-4, "ftol": 1e-9}
    found = minimize(loss, nothing, jac=True, method="L-BFGS-B", options=settings)
    away = found.x.reshape(target.shape)
    return np.asarray(solve_triangular(root, away, lower=True, trans="T") / PENALTY)
