"""Fit what each exposing tie adds to a person's hazard, and what acts without any tie.

A person follows with probability 1 - exp(-(own + sum of the exposing ties)), which is 1 - prod(1 - p) with
the outside as one more source: the independent cascade, with every hazard log-linear in what is known.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from ambassador.propagation.basis import Basis, Columns
from ambassador.propagation.kernels.hazards import hazard_slopes

FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_QUANTILES = (0.3, 0.6, 0.9)
_RIDGE = 2.0
_STEPS = 120
_RANGE = (-25.0, 4.0)
_START = 0.02
_PENALTY = 1e-3


@dataclass(frozen=True, eq=False)
class HazardLaw:
    """Two fitted log-linear laws: the hazard of a tie, and a person's own."""

    tie_basis: Basis
    own_basis: Basis
    tie_weights: FloatArray
    own_weights: FloatArray

    def of_ties(self, columns: Columns) -> FloatArray:
        """Give hazards of ties."""
        return _bounded(self.tie_basis.matrix(columns) @ self.tie_weights)

    def of_people(self, columns: Columns) -> FloatArray:
        """Give the hazard of people to join without anybody they listen to."""
        return _bounded(self.own_basis.matrix(columns) @ self.own_weights)


@dataclass(frozen=True, eq=False)
class Observed:
    """Candidates, exposed or not: their exposing ties, whether they followed, how many each stands for."""

    offsets: Int64Array
    activated: BoolArray
    weight: FloatArray


def fit_hazards(ties: Columns, people: Columns, observed: Observed) -> HazardLaw:
    """Maximise the penalised likelihood by L-BFGS; ridge on everything but the levels."""
    tie_basis, own_basis = Basis.fitted(ties, _QUANTILES), Basis.fitted(people, _QUANTILES)
    by_tie, by_person = tie_basis.matrix(ties), own_basis.matrix(people)
    parts = tie_basis.width
    ridge = np.full(parts + own_basis.width, _RIDGE)
    ridge[[0, parts]] = _PENALTY
    start = np.zeros(ridge.size)
    rate = (observed.weight[observed.activated].sum() + _PENALTY) / (observed.weight.sum() + 1.0)
    start[[0, parts]] = np.log(max(rate, 1e-8) * _START + 1e-9) + 2.0
    centre = start * (ridge == _PENALTY)
    scale = 1e3 / max(observed.weight.sum(), 1.0)

    def loss(weights: FloatArray) -> tuple[float, FloatArray]:
        tie_hazard, own_hazard = _bounded(by_tie @ weights[:parts]), _bounded(by_person @ weights[parts:])
        fit = hazard_slopes(observed.offsets, tie_hazard, own_hazard, observed.activated, observed.weight)
        away = weights - centre
        slope = np.concatenate([tie_hazard @ by_tie, own_hazard @ by_person])
        return (0.5 * (ridge * away * away).sum() - fit) * scale, (ridge * away - slope) * scale

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxcor": 20})
    return HazardLaw(tie_basis, own_basis, found.x[:parts], found.x[parts:])


def _bounded(log_hazard: FloatArray) -> FloatArray:
    return np.asarray(np.exp(np.clip(log_hazard, *_RANGE)))
