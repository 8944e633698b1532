"""Fit what each exposing tie adds to a person's hazard, and what acts without any tie.

A person follows with probability 1 - exp(-(own + sum of the exposing ties)), which is 1 - prod(1 - p) with
the outside as one more source: the independent cascade, with every hazard log-linear in what is known.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.influence.alike import as_groups, is_worth_it, merge_alike
from ambassador.propagation.influence.basis import Columns, SplineBasis
from ambassador.propagation.kernels.hazards import hazard_slopes
from ambassador.propagation.one_core import summed, times

# Where columns bend: low, in the middle, and where the few with most are.
_QUANTILES = (0.3, 0.6, 0.9)
# Bounds between which the evidence chooses: slopes of about 0.7 and of about 0.03.
_RIDGE, _MOST_RIDGE = 2.0, 1e3
_STRIDE = 1.5  # the evidence's own step, lengthened: it creeps where the data tell next to nothing
# At most, and the change of the logarithm of the ridge from which another one would change nothing.
_REFITS, _SETTLED = 4, 0.2
# So many who joined outweigh the ridge, whatever it is; asking the evidence would only take longer.
_PLENTY = 3_000
_STEPS = 120  # of L-BFGS at most: a plain bound
# Candidates, alike ones merged, so few that a step costs nothing: they may take as many as settle it.
_FEW, _STEPS_OF_FEW = 5_000, 1_000
_RANGE = (-25.0, 4.0)  # of log hazards, a plain guard: exp(-25) is nobody, exp(4) everybody
# Where the levels start, as a share of the common rate: people are exposed by several.
_START = 0.02
_PENALTY = 1e-3  # of the levels, which should not be held: only enough to be solvable
_TINY = 1e-12  # a plain guard against dividing by nothing


@dataclass(frozen=True, eq=False)
class HazardLaw:
    """Two fitted log-linear laws: the hazard of a tie, and a person's own."""

    tie_basis: SplineBasis
    own_basis: SplineBasis
    tie_weights: FloatArray
    own_weights: FloatArray
    doubt: FloatArray
    """Covariance of ``tie_weights``: what few cascades leave open about the law itself."""

    def doubt_of_ties(self, columns: Columns) -> FloatArray:
        """Variance of the log hazard of ties that comes of the law being fitted."""
        design = self.tie_basis.matrix(columns)
        return np.asarray(np.einsum("ij,jk,ik->i", design, self.doubt, design, optimize=True))

    def of_ties(self, columns: Columns) -> FloatArray:
        """Hazards of ties.

        Examples
        --------
        >>> joined, alike = np.arange(1000) % 5 == 0, {"same": np.zeros(1000)}
        >>> law = fit_hazards(alike, alike, Observed(np.arange(1001), joined, np.ones(1000)))
        >>> bool(0 < law.of_ties({"same": np.zeros(1)})[0] < 0.23)
        True
        """
        return _bounded(self.tie_basis.matrix(columns) @ self.tie_weights)

    def of_people(self, columns: Columns) -> FloatArray:
        """Hazard of people to join without anybody they listen to.

        Examples
        --------
        >>> joined, alone = np.arange(1000) % 5 == 0, {"same": np.zeros(1000)}
        >>> nobody = {"same": np.empty(0)}
        >>> law = fit_hazards(nobody, alone, Observed(np.zeros(1001, np.int64), joined, np.ones(1000)))
        >>> (1 - np.exp(-law.of_people({"same": np.zeros(1)}))).round(2).tolist()
        [0.2]
        """
        return _bounded(self.own_basis.matrix(columns) @ self.own_weights)


@dataclass(frozen=True, eq=False)
class Observed:
    """Candidates, exposed or not: their exposing ties, whether they followed, how many each stands for.

    Where the log was cut, ``tie_waited`` and ``own_waited`` say which part of the hazard of each exposing tie
    and of each candidate's own had its time.
    """

    offsets: Int64Array
    activated: BoolArray
    weight: FloatArray
    tie_waited: FloatArray | None = None
    own_waited: FloatArray | None = None


def fit_hazards(ties: Columns, people: Columns, observed: Observed) -> HazardLaw:
    """Maximise the penalised likelihood by L-BFGS; ridge on everything but the levels.

    How hard the ridge holds is learned as well, for ties and for people apart: from what the data leave
    open of the weights and how large these are (the evidence: MacKay 1992, "Bayesian interpolation",
    equation 4.9). A few cascades cannot tell dozens of slopes; a fixed ridge would let them try.

    Examples
    --------
    >>> joined = np.arange(1000) % 5 == 0
    >>> alike = {"same": np.zeros(1000)}
    >>> law = fit_hazards(alike, alike, Observed(np.arange(1001), joined, np.ones(1000)))
    >>> hazard = law.of_ties({"same": np.zeros(1)}) + law.of_people({"same": np.zeros(1)})
    >>> (1 - np.exp(-hazard)).round(2).tolist()
    [0.2]
    """
    tie_basis, own_basis = SplineBasis.fitted(ties, _QUANTILES), SplineBasis.fitted(people, _QUANTILES)
    ties, people, observed = _merged(ties, people, observed)
    table = _Table(tie_basis.matrix(ties), own_basis.matrix(people), observed)
    parts = tie_basis.width
    groups = np.arange(1, parts), np.arange(parts + 1, parts + own_basis.width)
    centre = np.zeros(parts + own_basis.width)
    ridge = np.full(centre.size, _RIDGE)
    ridge[[0, parts]] = _PENALTY
    joined = float(observed.weight[observed.activated].sum())
    rate = (joined + _PENALTY) / (observed.weight.sum() + 1.0)
    centre[[0, parts]] = np.log(max(rate, 1e-8) * _START + 1e-9) + 2.0
    found = table.fitted(ridge, centre, centre)
    doubt = table.covariance(found, ridge)
    for _ in range(_REFITS if joined < _PLENTY else 0):
        held = _held(ridge, found, doubt, groups)
        if np.abs(np.log(held / ridge)).max() < _SETTLED:
            break
        ridge = held
        found = table.fitted(ridge, centre, found)
        doubt = table.covariance(found, ridge)
    return HazardLaw(tie_basis, own_basis, found[:parts], found[parts:], doubt[:parts, :parts])


def _merged(ties: Columns, people: Columns, observed: Observed) -> tuple[Columns, Columns, Observed]:
    """Let candidates alike in everything be one, where enough of them are."""
    tie_waited, own_waited = observed.tie_waited, observed.own_waited
    heard = as_groups(_beside(ties, tie_waited), int(observed.offsets[-1]))
    told = as_groups(_beside(people, own_waited), observed.weight.size)
    if not is_worth_it(heard, told):
        return ties, people, observed
    found = merge_alike(observed.offsets, observed.activated, observed.weight, heard, told)
    return (
        {name: column[found.pairs] for name, column in ties.items()},
        {name: column[found.candidates] for name, column in people.items()},
        Observed(
            found.offsets,
            observed.activated[found.candidates],
            found.weight,
            None if tie_waited is None else tie_waited[found.pairs],
            None if own_waited is None else own_waited[found.candidates],
        ),
    )


def _beside(columns: Columns, waited: FloatArray | None) -> Columns:
    """Put how far the time had come beside what is known."""
    return columns if waited is None else {**columns, "waited": waited}


def _held(
    ridge: FloatArray, weights: FloatArray, doubt: FloatArray, groups: tuple[Int64Array, ...]
) -> FloatArray:
    """Ridge under which the data are likelier: weights that were told apart, over their squares."""
    after = ridge.copy()
    for group in groups:
        told = float((1.0 - ridge[group] * np.diag(doubt)[group]).sum())
        asked = max(told, _TINY) / max(float((weights[group] ** 2).sum()), _TINY)
        after[group] = np.clip(ridge[group] * (asked / ridge[group]) ** _STRIDE, _RIDGE, _MOST_RIDGE)
    return after


@dataclass(frozen=True, eq=False)
class _Table:
    """Candidates as rows of two designs, one for their ties and one for themselves."""

    by_tie: FloatArray
    by_person: FloatArray
    observed: Observed

    def hazards(self, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Hazards of ties and of people, as far as they had their time."""
        parts = self.by_tie.shape[1]
        ties, own = (
            _bounded(times(self.by_tie, weights[:parts])),
            _bounded(times(self.by_person, weights[parts:])),
        )
        tie_waited, own_waited = self.observed.tie_waited, self.observed.own_waited
        return (
            ties if tie_waited is None else ties * tie_waited,
            own if own_waited is None else own * own_waited,
        )

    def fitted(self, ridge: FloatArray, centre: FloatArray, start: FloatArray) -> FloatArray:
        """Weights that are likeliest under a ridge towards ``centre``."""
        observed = self.observed
        scale = 1e3 / max(observed.weight.sum(), 1.0)

        def loss(weights: FloatArray) -> tuple[float, FloatArray]:
            tie_hazard, own_hazard = self.hazards(weights)
            fit = hazard_slopes(observed.offsets, tie_hazard, own_hazard, observed.activated, observed.weight)
            away = weights - centre
            slope = np.concatenate([summed(tie_hazard, self.by_tie), summed(own_hazard, self.by_person)])
            return (0.5 * (ridge * away * away).sum() - fit) * scale, (ridge * away - slope) * scale

        from scipy.optimize import minimize  # noqa: PLC0415 - it loads slowly, and few ask

        steps = _STEPS if observed.weight.size > _FEW else _STEPS_OF_FEW
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 20})
        return np.asarray(found.x)

    def covariance(self, weights: FloatArray, ridge: FloatArray) -> FloatArray:
        """Invert the expected information: of 1 - exp(-H), it is the square of H's slope over exp(H) - 1."""
        tie_hazard, own_hazard = self.hazards(weights)
        offsets, weight = self.observed.offsets, self.observed.weight
        shape, pairs = (weight.size, tie_hazard.size), np.arange(tie_hazard.size)
        adding = sparse.csr_matrix((tie_hazard, pairs, offsets), shape=shape)
        slope = np.concatenate([adding @ self.by_tie, own_hazard[:, None] * self.by_person], axis=1)
        hazard = np.asarray(adding.sum(axis=1)).ravel() + own_hazard
        sure = weight / np.expm1(np.maximum(hazard, _TINY))
        return np.asarray(np.linalg.inv((slope * sure[:, None]).T @ slope + np.diag(ridge)))


def _bounded(log_hazard: FloatArray) -> FloatArray:
    return np.asarray(np.exp(np.clip(log_hazard, *_RANGE)))
