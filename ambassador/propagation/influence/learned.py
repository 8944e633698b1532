"""What was learned about influence: a posterior for every tie, and what acts beside the ties, as delays."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np
from scipy import special

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.network import InfluenceNetwork

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ambassador.propagation.influence.exposures import Exposures
from collections.abc import Mapping, Sequence

from ambassador.propagation.arrays import Int64Array

_SHRINK = 10.0  # delays the common law is worth beside those of one platform
_SHORTEST = 1.0  # seconds: clocks of exports tell no less, and its logarithm is 0
_STILL = 1e-9  # a plain guard: rounds that move a law by less, in logarithms of seconds, change no figure
_FAR = 9.0  # standard deviations: of the delays longer than that, 1e-19, none is missed
_NARROWEST = 0.05  # of the logarithm's deviation: a few equal delays are no proof that all are
_ROUNDS = 8  # of expectation and maximisation: a plain bound
_CUT_ROUNDS = 30  # the same where delays the log's end hid are filled in, which moves slowly
# Of all answers to a post taken to be seen at least: a post of a minute ago stands for no hundred answers.
_LEAST_SEEN = 0.1


@dataclass(frozen=True, slots=True)
class DelayLaw:
    """A log-normal delay between a post and the posts it brings.

    Attributes
    ----------
    median : float
        Seconds.
    sigma : float
        Standard deviation of the logarithm.
    count : int
        Delays it was fitted on; 0 for an assumption.

    Examples
    --------
    >>> law = DelayLaw(median=3600.0, sigma=1.0, count=10)
    >>> round(law.cdf(3600.0), 3), round(law.quantile(0.5))
    (0.5, 3600)
    """

    median: float
    sigma: float
    count: int = 0

    @overload
    def cdf(self, seconds: float) -> float: ...
    @overload
    def cdf(self, seconds: FloatArray) -> FloatArray: ...
    def cdf(self, seconds: float | FloatArray) -> float | FloatArray:
        """Share of delays up to so many seconds.

        Examples
        --------
        >>> round(DelayLaw(median=60.0, sigma=1.0).cdf(120.0), 2)
        0.76
        """
        waited = np.maximum(np.asarray(seconds, dtype=np.float64), 1e-9)
        share = special.ndtr((np.log(waited) - np.log(self.median)) / self.sigma)
        return float(share) if np.ndim(seconds) == 0 else np.asarray(share)

    @overload
    def quantile(self, share: float) -> float: ...
    @overload
    def quantile(self, share: FloatArray) -> FloatArray: ...
    def quantile(self, share: float | FloatArray) -> float | FloatArray:
        """Seconds within which this share of delays lies.

        Examples
        --------
        >>> DelayLaw(median=60.0, sigma=1.0).quantile(np.array([0.5, 0.9])).round().tolist()
        [60.0, 216.0]
        """
        waited = self.median * np.exp(self.sigma * special.ndtri(share))
        return float(waited) if np.ndim(share) == 0 else np.asarray(waited)

    def sample(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw delays in seconds.

        Examples
        --------
        >>> drawn = DelayLaw(median=60.0, sigma=1.0).sample(np.random.default_rng(1), 10_000)
        >>> round(float(np.median(drawn)), -1)
        60.0
        """
        return np.asarray(self.median * np.exp(self.sigma * rng.standard_normal(size)))


@dataclass(frozen=True, eq=False, slots=True)
class Outside:
    """Activations nobody in the network explains.

    Attributes
    ----------
    per_person : float
        Chance that a person exposed to nobody joins one cascade all the same.
    share : float
        Part of the activations after the starter that had no active neighbour.
    per_cascade : float
        Mean number of such activations in one cascade.
    by_node : float64 array, shape (node_count,)
        Chance of each person to join one cascade without anybody.
    """

    per_person: float
    share: float
    per_cascade: float
    by_node: FloatArray


@dataclass(frozen=True, slots=True)
class Frailty:
    """How much more or less contagious one cascade is than another: a log-normal multiplier of mean 1.

    It multiplies the hazard -log(1 - p) of every tie of the cascade alike.
    """

    sigma: float

    def sampled(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw one multiplier per cascade.

        Examples
        --------
        >>> drawn = Frailty(0.5).sampled(np.random.default_rng(1), 10_000)
        >>> round(float(drawn.mean()), 1)
        1.0
        """
        return np.asarray(np.exp(self.sigma * rng.standard_normal(size) - self.sigma**2 / 2))


@dataclass(frozen=True, eq=False)
class LearnedInfluence:
    """Ties with the posterior of their probability.

    Attributes
    ----------
    network : InfluenceNetwork
        The ties, with the posterior mean as probability.
    alpha, beta : float64 arrays, shape (tie_count,)
        Beta posterior of each tie's probability, by tie number.
    outside : Outside
    frailty : Frailty
    delays : mapping of platform to DelayLaw
        The key "" stands for all platforms together and is always there.
    """

    network: InfluenceNetwork
    alpha: FloatArray
    beta: FloatArray
    outside: Outside
    frailty: Frailty
    delays: "Mapping[str, DelayLaw]"

    def delay(self, platform: str = "") -> DelayLaw:
        """Delay law of a platform, or the common one.

        Examples
        --------
        >>> network, nobody = InfluenceNetwork.from_arrays([0], [1], 0.5), Outside(0.0, 0.0, 0.0, np.zeros(2))
        >>> one = np.ones(1)
        >>> learned = LearnedInfluence(network, one, one, nobody, Frailty(0.0), {"": DelayLaw(60.0, 1.0)})
        >>> learned.delay("not seen").median
        60.0
        """
        return self.delays.get(platform, self.delays[""])

    def answered(self, exposures: "Exposures") -> FloatArray:
        """Probability that each exposed person follows: any of the ties works, or nobody's word.

        Examples
        --------
        >>> from ambassador.propagation.cascades import CascadeLog
        >>> from ambassador.propagation.influence.exposures import list_exposures
        >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 0.5)
        >>> nobody, one = Outside(0.0, 0.0, 0.0, np.zeros(3)), np.ones(2)
        >>> learned = LearnedInfluence(network, one, one, nobody, Frailty(0.0), {"": DelayLaw(60.0, 1.0)})
        >>> exposures = list_exposures(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
        >>> learned.answered(exposures).round(2).tolist()
        [0.75]
        """
        hazard = -np.log1p(-np.minimum(self.network.probability.astype(np.float64), 1 - 1e-12))
        own = -np.log1p(-np.minimum(self.outside.by_node, 1 - 1e-12))
        by_ties = exposures.summed(exposures.by_the_end(hazard[exposures.ties]))
        return np.asarray(-np.expm1(-(by_ties + exposures.own_by_the_end(own[exposures.node]))))

    def sampled(self, rng: np.random.Generator, *, frailty: bool = False) -> InfluenceNetwork:
        """Draw the probabilities of all ties from their posterior; on request one cascade's frailty too.

        Examples
        --------
        >>> network, nobody = InfluenceNetwork.from_arrays([0], [1], 0.5), Outside(0.0, 0.0, 0.0, np.zeros(2))
        >>> sure = np.full(1, 1e6)
        >>> learned = LearnedInfluence(network, sure, sure, nobody, Frailty(0.0), {"": DelayLaw(60.0, 1.0)})
        >>> learned.sampled(np.random.default_rng(1)).probability.round(2).tolist()
        [0.5]
        """
        drawn = rng.beta(self.alpha, self.beta)
        if frailty:
            multiplier = self.frailty.sampled(rng, 1)[0]
            drawn = -np.expm1(multiplier * np.log1p(-np.minimum(drawn, 1 - 1e-12)))
        return self.network.with_probability(drawn)

    def interval(self, level: float = 0.9) -> tuple[FloatArray, FloatArray]:
        """Central interval of every tie's probability.

        Examples
        --------
        >>> network, nobody = InfluenceNetwork.from_arrays([0], [1], 0.5), Outside(0.0, 0.0, 0.0, np.zeros(2))
        >>> one = np.ones(1)
        >>> learned = LearnedInfluence(network, one, one, nobody, Frailty(0.0), {"": DelayLaw(60.0, 1.0)})
        >>> [end.round(2).tolist() for end in learned.interval(0.9)]
        [[0.05], [0.95]]
        """
        tail = (1 - level) / 2
        return (
            np.asarray(special.betaincinv(self.alpha, self.beta, tail)),
            np.asarray(special.betaincinv(self.alpha, self.beta, 1 - tail)),
        )


# Six hours, used until delays are seen; says so by its count of 0.
ASSUMED = DelayLaw(median=6 * 3600.0, sigma=1.5)


def fit_delays(
    delays: FloatArray,
    group: Int64Array,
    hazard: FloatArray,
    platform: Sequence[str] | None = None,
    left: FloatArray | None = None,
) -> Mapping[str, DelayLaw]:
    """Fit a log-normal law per platform, each drawn to the common one by ten delays' worth.

    Parameters
    ----------
    delays : float64 array, shape (pairs,)
        Seconds between a post and one that may have come of it.
    group : int64 array, shape (pairs,)
        Pairs of one group are the possible parents of one post: together they count as one.
    hazard : float64 array, shape (pairs,)
        How likely each parent is apart from its delay; with it and the law, expectation and maximisation
        find the weights.
    platform : sequence of text, shape (pairs,), optional
    left : float64 array, shape (pairs,), optional
        Seconds from each post to the log's end: longer delays could not be seen. For each delay seen, those
        that were not are filled in by the law of the round before (Dempster, Laird, Rubin 1977, section 4.2,
        truncated data).

    Examples
    --------
    >>> laws = fit_delays(np.array([60.0, 60.0]), np.array([0, 1]), np.ones(2))
    >>> round(laws[""].median), laws[""].count
    (60, 2)
    """
    if not delays.size:
        return {"": ASSUMED}
    logs = np.log(np.maximum(delays, _SHORTEST))
    ends = np.full(logs.size, np.inf) if left is None else np.log(np.maximum(left, np.exp(logs)))
    whole = group.max() + 1
    weight = _shared(hazard, group, whole)
    middle, spread = _moments(logs, weight)
    for _ in range(_ROUNDS if left is None else _CUT_ROUNDS):
        fit = hazard * np.exp(-0.5 * ((logs - middle) / spread) ** 2)
        weight = _shared(fit, group, whole)
        before, (middle, spread) = (middle, spread), _with_unseen(logs, weight, ends, middle, spread)
        if max(abs(middle - before[0]), abs(spread - before[1])) < _STILL:
            break
    laws = {"": DelayLaw(float(np.exp(middle)), spread, round(float(weight.sum())))}
    names = np.asarray(platform if platform is not None else [], dtype=object)
    for name in sorted({*names.tolist()} - {""}):
        here = names == name
        moments = _with_unseen(logs[here], weight[here], ends[here], middle, spread)
        laws[name] = _drawn_to(laws[""], moments, float(weight[here].sum()))
    return laws


def _with_unseen(
    logs: FloatArray, weight: FloatArray, ends: FloatArray, middle: float, spread: float
) -> tuple[float, float]:
    """Mean and deviation of logarithms seen, and of those the log's end hid as a law before lets expect."""
    cut = ends < middle + _FAR * spread
    if not cut.any():
        return _moments(logs, weight)
    far = (ends[cut] - middle) / spread
    unseen = special.ndtr(-far)
    many = weight[cut] * unseen / np.maximum(1.0 - unseen, _LEAST_SEEN)
    beyond = np.exp(-0.5 * far**2 - special.log_ndtr(-far)) / np.sqrt(2 * np.pi)
    total = weight.sum() + many.sum()
    mean = float((weight * logs).sum() + (many * (middle + spread * beyond)).sum()) / total
    away = (middle - mean) ** 2 + 2 * (middle - mean) * spread * beyond + spread**2 * (1.0 + far * beyond)
    variance = ((weight * (logs - mean) ** 2).sum() + (many * np.maximum(away, 0.0)).sum()) / total
    return float(mean), max(float(np.sqrt(variance)), _NARROWEST)


def _shared(values: FloatArray, group: Int64Array, whole: int) -> FloatArray:
    sums = np.bincount(group, values, whole)[group]
    alike = 1.0 / np.bincount(group, minlength=whole)[group]
    return np.where(sums > 0, values / np.where(sums > 0, sums, 1.0), alike)


def _moments(logs: FloatArray, weight: FloatArray) -> tuple[float, float]:
    middle = float(np.average(logs, weights=weight))
    spread = float(np.sqrt(np.average((logs - middle) ** 2, weights=weight)))
    return middle, max(spread, _NARROWEST)


def _drawn_to(common: DelayLaw, moments: tuple[float, float], count: float) -> DelayLaw:
    middle, spread = moments
    part = count / (count + _SHRINK)
    centre = part * middle + (1 - part) * float(np.log(common.median))
    variance = part * spread**2 + (1 - part) * common.sigma**2
    return DelayLaw(float(np.exp(centre)), float(np.sqrt(variance)), round(count))
