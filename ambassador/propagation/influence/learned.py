"""What was learned about influence: a posterior for every tie, and what acts beside the ties."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np
from scipy import special

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.network import InfluenceNetwork

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ambassador.propagation.influence.exposures import Exposures


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
        """Give the share of delays up to so many seconds."""
        waited = np.maximum(np.asarray(seconds, dtype=np.float64), 1e-9)
        share = special.ndtr((np.log(waited) - np.log(self.median)) / self.sigma)
        return float(share) if np.ndim(seconds) == 0 else np.asarray(share)

    @overload
    def quantile(self, share: float) -> float: ...
    @overload
    def quantile(self, share: FloatArray) -> FloatArray: ...
    def quantile(self, share: float | FloatArray) -> float | FloatArray:
        """Give the seconds within which this share of delays lies."""
        waited = self.median * np.exp(self.sigma * special.ndtri(share))
        return float(waited) if np.ndim(share) == 0 else np.asarray(waited)

    def sample(self, rng: np.random.Generator, size: int) -> FloatArray:
        """Draw delays in seconds."""
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
        """Draw one multiplier per cascade."""
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
        """Give the delay law of a platform, or the common one."""
        return self.delays.get(platform, self.delays[""])

    def answered(self, exposures: "Exposures") -> FloatArray:
        """Give the probability that each exposed person follows: any of the ties works, or nobody's word."""
        hazard = -np.log1p(-np.minimum(self.network.probability.astype(np.float64), 1 - 1e-12))
        own = -np.log1p(-np.minimum(self.outside.by_node, 1 - 1e-12))
        return np.asarray(-np.expm1(-(exposures.summed(hazard[exposures.ties]) + own[exposures.node])))

    def sampled(self, rng: np.random.Generator, *, frailty: bool = False) -> InfluenceNetwork:
        """Draw the probabilities of all ties from their posterior; on request one cascade's frailty too."""
        drawn = rng.beta(self.alpha, self.beta)
        if frailty:
            multiplier = self.frailty.sampled(rng, 1)[0]
            drawn = -np.expm1(multiplier * np.log1p(-np.minimum(drawn, 1 - 1e-12)))
        return self.network.with_probability(drawn)

    def interval(self, level: float = 0.9) -> tuple[FloatArray, FloatArray]:
        """Give the central interval of every tie's probability."""
        tail = (1 - level) / 2
        return (
            np.asarray(special.betaincinv(self.alpha, self.beta, tail)),
            np.asarray(special.betaincinv(self.alpha, self.beta, 1 - tail)),
        )
