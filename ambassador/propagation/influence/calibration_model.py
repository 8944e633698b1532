"""How a person answers to a whole set of exposing people: the sum of hazards, corrected where it errs.

Five friends move a person less than five times as much as one; some sets are more than their sum. The
correction is a ridge regression of the log-odds beside the sum, so that it fades where there is little to
learn from. The last cascades, predicted from the ones before alone, decide how strong the ridge is and how
bold the whole may be: what was near in time looks more alike than what is to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from ambassador.propagation.arrays import BoolArray, FloatArray
from ambassador.propagation.influence.basis import Columns, SplineBasis

POOLED = ("activity", "moved", "moving_mean", "count")
# Where columns bend: more knots near the top, where the few who move people are.
_QUANTILES = (0.2, 0.5, 0.8, 0.95)
_RIDGES = (3.0, 30.0, 300.0)  # tried, a factor of ten apart; the last cascades choose
# Offered as well where fewer joined than that: dozens of bends are then mostly chance.
_STRONG = 3_000.0
_STEPS = 40  # of Newton's method at most: a plain bound
_CLOSE = 1e-6  # a step this small ends Newton's method; also the ridge of what should not be held
_LEAST = 1e-9  # a plain guard: the log-odds of 0 and 1
_FEW = 50  # who joined, below which a correction of two dozen weights would be fitted to chance
# Precision with which the slope is taken to be 1 before anything is seen: a standard deviation of 0.2.
_SLOPE_SURE = 25.0
_SLOPES = (0.3, 1.5)  # bounds of the slope: what is more timid or bolder is a misfit, not a habit


@dataclass(frozen=True, eq=False)
class CandidateOutcomes:
    """Candidates: the chance by the sum of hazards, what is known of the set, whether they followed."""

    chance: FloatArray
    columns: Columns
    activated: BoolArray
    weight: FloatArray

    @property
    def odds(self) -> FloatArray:
        """Log-odds of the chance."""
        return np.asarray(special.logit(np.clip(self.chance, _LEAST, 1 - _LEAST)))

    @classmethod
    def joined(cls, parts: "Sequence[CandidateOutcomes]") -> "CandidateOutcomes":
        """Put several under each other.

        Examples
        --------
        >>> one = CandidateOutcomes(np.array([0.5]), {"a": np.array([1.0])}, np.array([True]), np.ones(1))
        >>> CandidateOutcomes.joined([one, one]).chance.tolist()
        [0.5, 0.5]
        """
        return cls(
            np.concatenate([part.chance for part in parts]),
            {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns},
            np.concatenate([part.activated for part in parts]),
            np.concatenate([part.weight for part in parts]),
        )


@dataclass(frozen=True, eq=False)
class CalibrationModel:
    """A fitted correction of the log-odds, then a slope and a level; without weights only these."""

    basis: SplineBasis | None = None
    weights: FloatArray | None = None
    ridge: float = np.inf
    slope: float = 1.0
    level: float = 0.0

    def odds(self, odds: FloatArray, columns: Columns) -> FloatArray:
        """Correct log-odds.

        Examples
        --------
        >>> CalibrationModel(slope=0.5, level=1.0).odds(np.array([2.0]), {}).tolist()
        [2.0]
        """
        if self.basis is not None and self.weights is not None:
            odds = odds + self.basis.matrix(columns) @ self.weights
        return self.level + self.slope * odds

    def answered(self, answers: CandidateOutcomes) -> FloatArray:
        """Probability that each follows.

        Examples
        --------
        >>> told = CandidateOutcomes(np.array([0.2]), {}, np.array([True]), np.ones(1))
        >>> CalibrationModel().answered(told).round(6).tolist()
        [0.2]
        """
        return np.asarray(special.expit(self.odds(answers.odds, answers.columns)))


def fit_calibration_model(
    early: CandidateOutcomes, late: CandidateOutcomes, ahead: CandidateOutcomes
) -> CalibrationModel:
    """Fit the correction.

    Parameters
    ----------
    early, late : Answers
        Candidates of the earlier and of the last cascades, described by all cascades but their own.
    ahead : CandidateOutcomes
        Candidates of the last cascades, described by the earlier ones alone.
    """
    if early.activated.sum() < _FEW or not ahead.activated.any() or ahead.activated.all():
        return CalibrationModel()
    basis = SplineBasis.fitted(early.columns, _QUANTILES)
    design, start = basis.matrix(early.columns), np.zeros(basis.width)
    tried = [CalibrationModel()]
    for ridge in (*((_STRONG,) if early.activated.sum() < _STRONG else ()), *sorted(_RIDGES, reverse=True)):
        start = _regression(design, early, ridge, start)
        tried.append(CalibrationModel(basis, start, ridge))
    best = max(tried, key=lambda one: _log_likelihood(one.odds(ahead.odds, ahead.columns), ahead))
    slope = _slope_of(best.odds(ahead.odds, ahead.columns), ahead)
    whole = CandidateOutcomes.joined([early, late])
    if best.basis is not None and best.weights is not None:
        weights = _regression(basis.matrix(whole.columns), whole, best.ridge, best.weights)
        best = replace(best, weights=weights)
    best = replace(best, slope=slope)
    return replace(best, level=_level(best.odds(whole.odds, whole.columns), whole))


def fit_pooled(answers: CandidateOutcomes) -> CalibrationModel:
    """Fit the plain pooled logistic regression learned influence is compared with."""
    columns = {name: answers.columns[name] for name in POOLED}
    plain = CandidateOutcomes(np.full(answers.chance.size, 0.5), columns, answers.activated, answers.weight)
    if not answers.activated.any() or answers.activated.all():
        return CalibrationModel()
    basis = SplineBasis.fitted(columns, ())
    return CalibrationModel(basis, _regression(basis.matrix(columns), plain, 1.0, np.zeros(basis.width)), 1.0)


def _regression(
    design: FloatArray, answers: CandidateOutcomes, ridge: float, start: FloatArray
) -> FloatArray:
    """Fit weights beside the log-odds: Newton's method with steps of at most 1."""
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = _CLOSE
    return _newton(design, answers.odds, answers, penalty, start)


def _slope_of(odds: FloatArray, answers: CandidateOutcomes) -> float:
    """Fit how bold the log-odds may be, drawn to 1; their level is fitted beside it and not kept."""
    centred = odds - np.average(odds, weights=answers.weight)
    design = np.stack([np.ones(odds.size), centred], axis=1)
    found = _newton(design, odds, answers, np.array([_CLOSE, _SLOPE_SURE]), np.zeros(2))
    return float(np.clip(1.0 + found[1], *_SLOPES))


def _level(odds: FloatArray, answers: CandidateOutcomes) -> float:
    """Shift by which as many follow as did."""
    design, penalty = np.ones((odds.size, 1)), np.array([_CLOSE])
    return float(_newton(design, odds, answers, penalty, np.zeros(1))[0])


def _newton(
    design: FloatArray, odds: FloatArray, answers: CandidateOutcomes, penalty: FloatArray, start: FloatArray
) -> FloatArray:
    found, weight = start, answers.weight
    for _ in range(_STEPS):
        chance = special.expit(odds + design @ found)
        slope = (weight * (answers.activated - chance)) @ design - penalty * found
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        found = found + step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < _CLOSE:
            break
    return found


def _log_likelihood(odds: FloatArray, answers: CandidateOutcomes) -> float:
    return float((answers.weight * (answers.activated * odds - np.logaddexp(0.0, odds))).sum())
