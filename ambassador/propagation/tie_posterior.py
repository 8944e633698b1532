"""From the common law to each tie: its own record moves it as evidence accrues.

Which of several exposing people made someone follow is not seen. Credit is shared by expectation and
maximisation (Saito, Nakano, Kimura 2008, equation 5), with the law's hazard as prior mean and the outside
as one more source; what stays in doubt widens the posterior (Louis 1982: information lost).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.propagation.cascade_log import CascadeLog
from ambassador.propagation.exposures import past_of, scratch_of
from ambassador.propagation.kernels.hazards import share_credit
from ambassador.propagation.network import InfluenceNetwork

FloatArray = npt.NDArray[np.float64]

STRENGTHS = np.geomspace(0.5, 8192.0, 8)
"""Trials the common law may be worth; the data choose."""
_ROUNDS = 30
_CLOSE = 1e-4
_SURE = 1.0 - 1e-9
_TINY = 1e-12


@dataclass(frozen=True, eq=False)
class Credit:
    """Expected successes by tie, and the variance of that."""

    successes: FloatArray
    doubt: FloatArray


def credit_of(network: InfluenceNetwork, log: CascadeLog, hazard: FloatArray, own: FloatArray) -> Credit:
    """Share the credit of every activation among the ties that exposed it, by the hazards.

    Parameters
    ----------
    hazard : float64 array, shape (tie_count,)
    own : float64 array, shape (node_count,)
        Hazard of each person to join without anybody.
    """
    credit, doubt = np.zeros(network.tie_count), np.zeros(network.tie_count)
    totals = np.zeros(log.nodes.size)
    share_credit(past_of(network, log), scratch_of(network), hazard, own, totals, credit, doubt)
    return Credit(credit, doubt)


def posterior_mean(
    prior: FloatArray, strength: float, successes: FloatArray, trials: FloatArray
) -> FloatArray:
    """Give (strength x prior + successes) / (strength + trials).

    Examples
    --------
    >>> posterior_mean(np.array([0.1]), 10.0, np.array([1.0]), np.array([10.0])).tolist()
    [0.1]
    """
    return np.minimum((strength * prior + successes) / (strength + trials), _SURE)


def as_hazard(probability: FloatArray) -> FloatArray:
    """Give -log(1 - p)."""
    return np.asarray(-np.log1p(-np.minimum(probability, _SURE)))


def settle(
    network: InfluenceNetwork,
    log: CascadeLog,
    prior: FloatArray,
    strength: float,
    own: FloatArray,
    trials: FloatArray,
    start: FloatArray | None = None,
    rounds: int = _ROUNDS,
) -> tuple[FloatArray, Credit]:
    """Repeat expectation and maximisation until the means stay; give means and credit."""
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


def beta_posterior(
    mean: FloatArray, strength: float, trials: FloatArray, credit: Credit
) -> tuple[FloatArray, FloatArray]:
    """Give alpha and beta: as many trials as the evidence is worth once doubtful credit is allowed for."""
    p = np.clip(mean, _TINY, _SURE)
    whole = strength + trials
    lost = credit.doubt * (1 / p + 1 / (1 - p)) ** 2
    worth = np.clip(whole - p * (1 - p) * lost, strength, whole)
    return np.maximum(p * worth, _TINY), np.maximum((1 - p) * worth, _TINY)
