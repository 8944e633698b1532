"""Fit what each exposing tie adds to a person's hazard, and what acts without any tie.

A person follows with probability 1 - exp(-(own + sum of the exposing ties)), which is 1 - prod(1 - p) with
the outside as one more source: the independent cascade, with every hazard log-linear in what is known.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

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
_TINY = 1e-12


@dataclass(frozen=True, eq=False)
class HazardLaw:
    """Two fitted log-linear laws: the hazard of a tie, and a person's own."""

    tie_basis: Basis
    own_basis: Basis
    tie_weights: FloatArray
    own_weights: FloatArray
    doubt: FloatArray
    """Covariance of ``tie_weights``: what few cascades leave open about the law itself."""

    def doubt_of_ties(self, columns: Columns) -> FloatArray:
        """Give the variance of the log hazard of ties that comes of the law being fitted."""
        design = self.tie_basis.matrix(columns)
        return np.asarray(np.einsum("ij,jk,ik->i", design, self.doubt, design, optimize=True))

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

    from scipy.optimize import minimize  # noqa: PLC0415 - it loads slowly, and few ask

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "maxcor": 20})
    tie_hazard = _bounded(by_tie @ found.x[:parts])
    own_hazard = _bounded(by_person @ found.x[parts:])
    doubt = _covariance(by_tie, by_person, tie_hazard, own_hazard, observed, ridge)[:parts, :parts]
    return HazardLaw(tie_basis, own_basis, found.x[:parts], found.x[parts:], doubt)


def _covariance(
    by_tie: FloatArray,
    by_person: FloatArray,
    tie_hazard: FloatArray,
    own_hazard: FloatArray,
    observed: Observed,
    ridge: FloatArray,
) -> FloatArray:
    """Invert the expected information: of 1 - exp(-H), it is the square of H's slope over exp(H) - 1."""
    count, pairs = observed.weight.size, tie_hazard.size
    adding = sparse.csr_matrix((tie_hazard, np.arange(pairs), observed.offsets), shape=(count, pairs))
    slope = np.concatenate([adding @ by_tie, own_hazard[:, None] * by_person], axis=1)
    hazard = np.asarray(adding.sum(axis=1)).ravel() + own_hazard
    sure = observed.weight / np.expm1(np.maximum(hazard, _TINY))
    return np.asarray(np.linalg.inv((slope * sure[:, None]).T @ slope + np.diag(ridge)))


def _bounded(log_hazard: FloatArray) -> FloatArray:
    return np.asarray(np.exp(np.clip(log_hazard, *_RANGE)))
