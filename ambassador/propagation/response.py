"""How a person answers to a whole set of exposing people: the sum of hazards, corrected where it errs.

Five friends move a person less than five times as much as one; some sets are more than their sum. The
correction is a ridge regression of the log-odds beside the sum, so that it fades where there is little to
learn from; how strong the ridge is, the last cascades decide.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from ambassador.propagation.basis import Basis, Columns

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_QUANTILES = (0.2, 0.5, 0.8, 0.95)
_RIDGES = (3.0, 30.0, 300.0)
_STEPS = 40
_CLOSE = 1e-6
_LEAST = 1e-9


@dataclass(frozen=True, eq=False)
class Response:
    """A fitted correction of the log-odds; without weights there is none."""

    basis: Basis | None = None
    weights: FloatArray | None = None
    ridge: float = np.inf

    def corrected(self, probability: FloatArray, columns: Columns) -> FloatArray:
        """Correct stated probabilities."""
        stated = np.clip(probability, _LEAST, 1 - _LEAST)
        if self.basis is None or self.weights is None:
            return stated
        return np.asarray(special.expit(special.logit(stated) + self.basis.matrix(columns) @ self.weights))


def fit_response(
    probability: FloatArray,
    columns: Columns,
    activated: BoolArray,
    weight: FloatArray,
    late: BoolArray,
) -> Response:
    """Fit the correction; ``late`` marks the candidates of the cascades that choose the ridge."""
    odds = special.logit(np.clip(probability, _LEAST, 1 - _LEAST))
    if not _is_worth_it(activated & ~late, late):
        return Response()
    basis = Basis.fitted({name: column[~late] for name, column in columns.items()}, _QUANTILES)
    design = basis.matrix(columns)
    happened = activated.astype(np.float64)
    scores = {np.inf: _log_likelihood(odds[late], happened[late], weight[late])}
    start = np.zeros(basis.width)
    for ridge in sorted(_RIDGES, reverse=True):
        start = _fitted(design[~late], odds[~late], happened[~late], weight[~late], ridge, start)
        scores[ridge] = _log_likelihood(odds[late] + design[late] @ start, happened[late], weight[late])
    best = max(scores, key=lambda ridge: scores[ridge])
    if best == np.inf:
        return Response()
    return Response(basis, _fitted(design, odds, happened, weight, best, start), best)


def _is_worth_it(early: BoolArray, late: BoolArray) -> bool:
    few = 50
    return int(early.sum()) >= few and bool(late.any())


def _fitted(
    design: FloatArray,
    odds: FloatArray,
    happened: FloatArray,
    weight: FloatArray,
    ridge: float,
    start: FloatArray,
) -> FloatArray:
    """Newton's method with steps of at most 1."""
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = _CLOSE
    found = start
    for _ in range(_STEPS):
        chance = special.expit(odds + design @ found)
        slope = (weight * (happened - chance)) @ design - penalty * found
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        found = found + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < _CLOSE:
            break
    return found


def _log_likelihood(odds: FloatArray, happened: FloatArray, weight: FloatArray) -> float:
    return float((weight * (happened * odds - np.logaddexp(0.0, odds))).sum())
