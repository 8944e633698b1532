"""Posts that bring posts: a self-exciting process with a prior, for when there is little to learn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.growth.windows import Course
from ambassador.propagation.kernels.hazards import decay_sums

# Per second, from ten seconds to ten years: any power law is close to a mixture of these exponentials.
RATES: Final = 1.0 / np.geomspace(10.0, 3.2e8, 16)
# Seconds before a power law begins to fall, half a minute to seventeen days in steps of about six.
_SHORT: Final = np.array([30.0, 200.0, 1200.0, 7200.0, 43200.0, 260_000.0, 1.5e6])
# Exponents of the power law; SEISMIC (Zhao et al. 2015)
# finds 0.24 on Twitter, steeper ones have shorter talk.
_TAILS: Final = np.array([0.3, 0.6, 1.0, 1.6])
# Times more posts the first one brings than any other, in
# steps of six: one person's launch or a celebrity's.
_BOOSTS: Final = np.array([1.0, 6.0, 36.0, 216.0, 1296.0])
# Posts each post brings, below the 1 at which nothing would ever end.
_BRANCHING: Final = np.array([0.05, 0.2, 0.4, 0.55, 0.7, 0.8, 0.88, 0.94])
_PRIOR_CASCADES: Final = 5.0  # how many cascades the even prior is worth beside those observed
# Of expectation and maximisation: weights of a prior, not answers, so near is enough.
_ROUNDS: Final = 20
# Share of the posterior that is summed, and the most kinds for it; each costs an eigenvalue problem.
_KEPT, _MOST = 0.995, 80
# Seconds, thirty days: where no horizon is given, a cascade is over then.
_FOLLOWED: Final = 30 * 86400.0
_WINDOWS: Final = 10.0  # or after ten times as long as it was watched, if that is longer
_TINY: Final = 1e-300  # a plain guard: the logarithm of nothing
_HALF: Final = 0.5  # half a post, so that a kind that expects none still has a logarithm


def _delay_laws() -> FloatArray:
    """Write (1 + t / c)^-a as a mixture of exponentials: their rates follow a gamma law, here on a grid."""
    laws = [(RATES * c) ** a * np.exp(-RATES * c) for c in _SHORT for a in _TAILS]
    return np.array([law / law.sum() for law in laws])


_LAWS: Final = _delay_laws()
_SHAPE: Final = (len(_LAWS), _BOOSTS.size, _BRANCHING.size)


@dataclass(frozen=True, eq=False)
class Excitement:
    """How likely each kind of cascade is before a single post of it is seen.

    A kind is a power law of delays, mixed from exponentials; the number of posts each post brings; and how
    many times more the first one brings. The rate of posts is
    ``branching * sum over earlier posts of (boost if first) * law(t - s)`` (Hawkes 1971; for reposts SEISMIC,
    Zhao et al. 2015).

    Attributes
    ----------
    weight : float array, shape (kinds,)
        Sums to 1.
    """

    weight: FloatArray

    @classmethod
    def even(cls) -> Self:
        """Know nothing: every kind on the grid is as likely as any other.

        Examples
        --------
        >>> Excitement.even().weight.sum().round(9).item()
        1.0
        """
        size = int(np.prod(_SHAPE))
        return cls(np.full(size, 1.0 / size))

    @classmethod
    def learn(cls, past: Sequence[Course]) -> Self:
        """Pool earlier cascades: the weights that make them likely, drawn to even ones (empirical Bayes).

        Examples
        --------
        >>> quick = [Course(np.arange(20.0)) for _ in range(5)]
        >>> seen = np.arange(10.0)
        >>> learned, even = Excitement.learn(quick), Excitement.even()
        >>> learned.further(seen, 600.0, np.inf) < even.further(seen, 600.0, np.inf)
        True
        """
        seen = [course for course in past if course.times.size > 1]
        weight = cls.even().weight
        if not seen:
            return cls(weight)
        likely = np.array([_likelihood(c.times, min(c.followed, _whole(c.times[-1]))) for c in seen])
        prior = _PRIOR_CASCADES * weight
        for _ in range(_ROUNDS):
            share = likely * weight
            weight = (share / share.sum(axis=1, keepdims=True)).sum(axis=0) + prior
            weight /= weight.sum()
        return cls(weight)

    def further(self, times: FloatArray, window: float, horizon: float) -> float:
        """Further posts to expect by a horizon, a geometric mean over the kinds.

        Parameters
        ----------
        times : float array, shape (posts,)
            Seconds since the start, in order, at least two, up to ``window``.
        window, horizon : float
            Seconds since the start. An infinite horizon means thirty days or ten windows, what is longer.

        Examples
        --------
        >>> seen = np.arange(10.0)
        >>> even = Excitement.even()
        >>> even.further(seen, 60.0, np.inf) > even.further(seen, 6000.0, np.inf) > 0
        True
        """
        posterior = self.weight * _likelihood(times, window)
        order = np.argsort(-posterior)[:_MOST]
        enough = int(np.searchsorted(np.cumsum(posterior[order]), _KEPT * posterior.sum())) + 1
        kinds = order[:enough]
        until = horizon if np.isfinite(horizon) else _whole(window)
        means = _further(times, window, max(until - window, 0.0), kinds)
        return float(np.exp(np.average(np.log(means + _HALF), weights=posterior[kinds])) - _HALF)


def _whole(window: float) -> float:
    return max(_FOLLOWED, _WINDOWS * window)


def _sums(times: FloatArray, window: float) -> tuple[FloatArray, FloatArray]:
    before, after = np.empty((times.size, RATES.size)), np.empty(RATES.size)
    decay_sums(times, window, RATES, before, after)
    return before, after


def _likelihood(times: FloatArray, window: float) -> FloatArray:
    """Likelihood of a cascade under every kind, the most likely one 1; shape (kinds,)."""
    before, after = _sums(times, window)
    rising = (_LAWS * RATES).T
    ordinary = before[1:] @ rising
    first = np.exp(-np.outer(times[1:] - times[0], RATES)) @ rising
    due = (times.size - _LAWS @ after)[:, None]
    due_first = (1.0 - _LAWS @ np.exp(-RATES * (window - times[0])))[:, None]
    log = np.empty(_SHAPE)
    for place, boost in enumerate(_BOOSTS.tolist()):
        rate = np.log(ordinary + (boost - 1.0) * first + _TINY).sum(axis=0)[:, None]
        log[:, place] = rate - _BRANCHING * (due + (boost - 1.0) * due_first)
    log += (times.size - 1) * np.log(_BRANCHING)
    return np.exp(log - log.max()).ravel()


def _further(times: FloatArray, window: float, ahead: float, kinds: Int64Array) -> FloatArray:
    """Mean number of further posts within ``ahead`` seconds, per kind.

    The excitement m obeys m' = -b m + (sum of branching * law * b * m); scaled by the root of what is summed
    the system is symmetric, so its eigenvalues give the integral in closed form.
    """
    law, boost, branching = np.unravel_index(kinds, _SHAPE)
    after = _sums(times, window)[1]
    first = np.exp(-RATES * (window - times[0]))
    excitement = after + (_BOOSTS[boost] - 1.0)[:, None] * first
    push = np.sqrt(_BRANCHING[branching][:, None] * _LAWS[law] * RATES)
    system = push[:, :, None] * push[:, None, :]
    places = np.arange(RATES.size)
    system[:, places, places] -= RATES
    value, vector = np.linalg.eigh(system)
    value = np.minimum(value, -_TINY)
    grown = np.einsum("kji,kj->ki", vector, push * excitement) * (-np.expm1(value * ahead) / -value)
    return np.asarray(np.einsum("ki,kji,kj->k", grown, vector, push), dtype=np.float64)
