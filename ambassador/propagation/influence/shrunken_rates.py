"""How much a record so far says: its mean drawn to the common one, and what it is at least."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.influence.alike import distinct_rows

# Trials the common rate may be worth, all equally likely before the records are seen.
WORTHS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
_TAIL = 0.05  # below the lower end of the central 90% interval
_HALF = 0.5  # of a success in one trial beforehand: a rate of nothing has no logarithm


@dataclass(frozen=True, eq=False)
class ShrunkenRates:
    """What records say of each.

    Attributes
    ----------
    mean, at_least : float64 arrays, shape (records,)
        Posterior mean, and the lower end of the central 90% interval.
    """

    mean: FloatArray
    at_least: FloatArray


def counts_per_trial(counts: FloatArray, trials: FloatArray) -> ShrunkenRates:
    """Judge counts that may exceed one a trial: a gamma posterior of each rate.

    The prior's mean is the rate of all together; what it is worth is averaged over, each worth as likely as
    it makes all records (negative binomial; empirical Bayes: Robbins 1956, Morris 1983).

    Examples
    --------
    >>> found = counts_per_trial(np.array([0.0, 40.0, 1.0]), np.array([40.0, 40.0, 1.0]))
    >>> bool(found.mean[1] > found.mean[2]), bool(found.at_least[1] > 2 * found.at_least[2])
    (True, True)
    """
    rate = (counts.sum() + _HALF) / (trials.sum() + 1.0)
    likely, found = [], []
    kept, kind, people = distinct_rows(counts, trials)
    for worth in WORTHS:
        shape, whole = rate * worth + counts[kept], worth + trials[kept]
        parts = special.gammaln(shape) - special.gammaln(rate * worth) - shape * np.log(whole)
        likely.append(float(people @ (parts + rate * worth * np.log(worth))))
        found.append((shape / whole, special.gammaincinv(shape, _TAIL) / whole))
    return _averaged(likely, found, kind)


def successes_per_trial(successes: FloatArray, trials: FloatArray) -> ShrunkenRates:
    """Judge successes, at most one a trial: a beta posterior, its prior from all records likewise.

    Examples
    --------
    >>> successes_per_trial(np.array([0.0, 9.0]), np.array([10.0, 10.0])).mean.round(1).tolist()
    [0.0, 0.9]
    """
    rate = (successes.sum() + _HALF) / (trials.sum() + 1.0)
    likely, found = [], []
    kept, kind, people = distinct_rows(successes, trials)
    for worth in WORTHS:
        won, lost = rate * worth, (1 - rate) * worth
        after, still = won + successes[kept], lost + (trials - successes)[kept]
        likely.append(float(people @ (special.betaln(after, still) - special.betaln(won, lost))))
        found.append((after / (after + still), special.betaincinv(after, still, _TAIL)))
    return _averaged(likely, found, kind)


def _averaged(
    likely: list[float], found: list[tuple[FloatArray, FloatArray]], kind: Int64Array
) -> ShrunkenRates:
    weights = special.softmax(np.array(likely))
    means, lows = (np.stack([one[place] for one in found]) for place in (0, 1))
    return ShrunkenRates((weights @ means)[kind], (weights @ lows)[kind])
