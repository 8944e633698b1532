"""From the common law to each tie: its own record moves it as evidence accrues.

Which of several exposing people made someone follow is not seen. Credit is shared by expectation and
maximisation (Saito, Nakano, Kimura 2008, equation 5), with the law's hazard as prior mean and the outside
as one more source; what stays in doubt widens the posterior (Louis 1982: information lost).
"""

from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence.exposures import past_of, scratch_of
from ambassador.propagation.kernels.hazards import share_credit
from ambassador.propagation.network import InfluenceNetwork

# How much ties may differ from the common law: standard deviation over mean, all equally likely before. Less
# than half is not offered: a log that thin cannot tell it, and no law of so few columns is that good.
SPREADS = (4.0, 2.5, 1.6, 1.0, 0.7, 0.5)
# Trials a law is worth at least, and the variance of its log hazard that is believed
# at most (exp(2.3) is a factor of ten): however doubtful, it is not nothing.
_LOOSEST, _WIDEST = 0.2, 2.3
_ROUNDS = 30  # of expectation and maximisation at most: a plain bound
# A change of no probability larger than this ends them: nobody reads a ten-thousandth.
_CLOSE = 1e-4
_SURE = 1.0 - 1e-9  # a plain guard: the hazard of certainty is infinite
_TINY = 1e-12  # a plain guard against dividing by nothing


def strengths_for(prior: FloatArray) -> tuple[float, ...]:
    """Trials the law is worth under each spread, at its mean probability, rising.

    A Beta law of mean p worth s trials has a squared spread of (1 - p) / (p (s + 1)).

    Examples
    --------
    >>> [round(strength, 1) for strength in strengths_for(np.array([0.1]))]
    [0.2, 0.4, 2.5, 8.0, 17.4, 35.0]
    """
    mean = float(np.clip(prior.mean() if prior.size else 0.5, 1e-6, 1 - 1e-6))
    return tuple(float(strength_at(np.array([mean]), spread)[0]) for spread in SPREADS)


def strength_at(prior: FloatArray, spread: float, doubt: FloatArray | float = 0.0) -> FloatArray:
    """Trials the law is worth for each tie.

    Parameters
    ----------
    spread : float
        How far ties differ from the law, standard deviation over mean.
    doubt : float array
        Variance of the law's own log hazard, which widens that.

    Examples
    --------
    >>> strength_at(np.array([0.1, 0.01]), 1.0).tolist()
    [8.0, 98.0]
    """
    mean = np.clip(prior, _TINY, _SURE)
    wide = spread**2 + np.expm1(np.minimum(doubt, _WIDEST))
    return np.asarray(np.maximum((1 - mean) / (mean * wide) - 1, _LOOSEST))


def weights_of(scores: FloatArray) -> FloatArray:
    """Turn log-likelihoods into posterior weights.

    Examples
    --------
    >>> weights_of(np.array([-10.0, -10.0])).tolist()
    [0.5, 0.5]
    """
    likely: FloatArray = np.exp(scores - scores.max())
    return likely / likely.sum()


@dataclass(frozen=True, eq=False)
class TieCredit:
    """Expected successes by tie, and the variance of that."""

    successes: FloatArray
    doubt: FloatArray


def credit_of(network: InfluenceNetwork, log: CascadeLog, hazard: FloatArray, own: FloatArray) -> TieCredit:
    """Share the credit of every activation among the ties that exposed it, by the hazards.

    Parameters
    ----------
    hazard : float64 array, shape (tie_count,)
    own : float64 array, shape (node_count,)
        Hazard of each person to join without anybody.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 1.0)
    >>> log = CascadeLog.from_entries([0, 0, 0], [0, 1, 2], [0.0, 1.0, 2.0])
    >>> credit_of(network, log, np.array([0.3, 0.1]), np.zeros(3)).successes.round(2).tolist()
    [0.79, 0.29]
    """
    credit, doubt = np.zeros(network.tie_count), np.zeros(network.tie_count)
    totals = np.zeros(log.nodes.size)
    share_credit(past_of(network, log), scratch_of(network), hazard, own, totals, credit, doubt)
    return TieCredit(credit, doubt)


def posterior_mean(
    prior: FloatArray, strength: FloatArray | float, successes: FloatArray, trials: FloatArray
) -> FloatArray:
    """Posterior mean (strength x prior + successes) / (strength + trials).

    Examples
    --------
    >>> posterior_mean(np.array([0.1]), 10.0, np.array([1.0]), np.array([10.0])).tolist()
    [0.1]
    """
    return np.minimum((strength * prior + successes) / (strength + trials), _SURE)


def as_hazard(probability: FloatArray) -> FloatArray:
    """Hazard -log(1 - p).

    Examples
    --------
    >>> as_hazard(np.array([0.0, 0.5])).round(3).tolist()
    [0.0, 0.693]
    """
    return np.asarray(-np.log1p(-np.minimum(probability, _SURE)))


def settle(
    network: InfluenceNetwork,
    log: CascadeLog,
    prior: FloatArray,
    strength: FloatArray | float,
    own: FloatArray,
    trials: FloatArray,
    start: FloatArray | None = None,
    rounds: int = _ROUNDS,
) -> tuple[FloatArray, TieCredit]:
    """Repeat expectation and maximisation until the means stay; give means and credit.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0], [1], 1.0)
    >>> log = CascadeLog.from_entries([0, 0, 1], [0, 1, 0], [0.0, 1.0, 0.0])
    >>> prior, nobody = np.array([0.1]), np.zeros(2)
    >>> settle(network, log, prior, 2.0, nobody, np.array([2.0]))[0].round(2).tolist()
    [0.3]
    """
    mean = prior if start is None else start
    credit = credit_of(network, log, as_hazard(mean), own)
    for _ in range(rounds):
        after = posterior_mean(prior, strength, credit.successes, trials)
        moved = float(np.abs(after - mean).max(initial=0.0))
        mean = after
        if moved < _CLOSE:
            break
        credit = credit_of(network, log, as_hazard(mean), own)
    return mean, credit


def worth_of(mean: FloatArray, strength: FloatArray, trials: FloatArray, credit: TieCredit) -> FloatArray:
    """Trials the evidence is worth once doubtful credit is allowed for.

    Examples
    --------
    >>> credit = TieCredit(np.ones(1), np.array([0.0]))
    >>> worth_of(np.array([0.5]), np.array([2.0]), np.array([8.0]), credit).tolist()
    [10.0]
    """
    p = np.clip(mean, _TINY, _SURE)
    whole = strength + trials
    lost = credit.doubt * (1 / p + 1 / (1 - p)) ** 2
    return np.clip(whole - p * (1 - p) * lost, strength, whole)


class Mixture:
    """Posteriors under several strengths, averaged to one Beta law per tie with the same two moments."""

    def __init__(self, ties: int) -> None:
        self._first, self._second = np.zeros(ties), np.zeros(ties)

    def add(self, weight: float, mean: FloatArray, worth: FloatArray) -> None:
        """Add one posterior."""
        self._first += weight * mean
        self._second += weight * (mean * (1 - mean) / (worth + 1) + mean**2)

    def beta(self) -> tuple[FloatArray, FloatArray]:
        """Alpha and beta of each tie.

        Examples
        --------
        >>> mixture = Mixture(1)
        >>> mixture.add(1.0, np.array([0.2]), np.array([10.0]))
        >>> [figure.round(3).tolist() for figure in mixture.beta()]
        [[2.0], [8.0]]
        """
        mean = np.clip(self._first, _TINY, _SURE)
        variance = np.maximum(self._second - mean**2, _TINY * mean)
        worth = np.maximum(mean * (1 - mean) / variance - 1, _TINY)
        return np.maximum(mean * worth, _TINY), np.maximum((1 - mean) * worth, _TINY)
