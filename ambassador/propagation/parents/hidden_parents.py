"""Learn tie probabilities, the delay law and the outside rate from posts whose parents are hidden.

Sources: Saito, Kimura, Ohara, Motoda, "Learning continuous-time information diffusion model for social
behavioral data analysis", ACML 2009, for the likelihood of the attempt that got through first. What is not
seen is drawn: which attempt was first, which others would have come later and when (Gibbs sampling with
data augmentation; Tanner, Wong 1987). Given that, ties are a matter of counts (``tie_pools``), of which those
who stayed silent are most. Parents that were seen, and probabilities that are given, stay as they are. A
posterior is the mean over draws, not that of a mean: what is in doubt stays in doubt.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from ambassador.propagation.arrays import Float32Array, FloatArray, IndexArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents.outside_rate import OutsideRate, OutsideWatch, since_start
from ambassador.propagation.parents.platform_delays import PlatformDelays, places_of, platforms_of
from ambassador.propagation.parents.possible_parents import (
    CascadePosts,
    LogNormal,
    LogNormalDelay,
    ParentPosterior,
    list_possible_parents,
    weighed,
)
from ambassador.propagation.parents.tie_pools import TiePools, TieTrials, attempts_within

# Sweeps in all, those at the start that are not counted, and which of the others are kept.
SWEEPS, SETTLING, EVERY = 60, 20, 2
# Share of posts blamed on the outside at first, and how long
# people are taken to wait: the sweeps at the start forget both.
FIRST_GUESS, FIRST_DELAY = 0.1, LogNormal(3600.0, 1.5)
# Plain guards: the quantile of certainty and its hazard are infinite.
SUREST, HIGHEST = 1.0 - 1e-12, 0.999


@dataclass(frozen=True, eq=False)
class Draw:
    """One plausible world.

    Attributes
    ----------
    probability : float32 array, shape (tie_count,)
    delay : PlatformDelays
    outside : OutsideRate
        Per second and person.
    """

    probability: Float32Array
    delay: PlatformDelays
    outside: OutsideRate


@dataclass(frozen=True, eq=False)
class HiddenParents:
    """What was learned, as plausible worlds.

    Attributes
    ----------
    network : InfluenceNetwork
    draws : tuple of Draw
    """

    network: InfluenceNetwork
    draws: tuple[Draw, ...]

    @property
    def probability(self) -> FloatArray:
        """Mean probability of each tie, shape (tie_count,)."""
        return np.mean([draw.probability for draw in self.draws], axis=0, dtype=np.float64)

    def delay(self, platform: str = "") -> LogNormal:
        """Middle of a platform's delay laws; of everybody's where it is not known.

        Examples
        --------
        >>> network = InfluenceNetwork.from_arrays([0], [1], 0.5)
        >>> log = CascadeLog.from_entries([0, 0, 1, 1], [0, 1, 0, 1], [0.0, 9.0, 50.0, 60.0])
        >>> learned = learn_hidden_parents(log, network, rng=np.random.default_rng(1))
        >>> learned.delay().median > 1.0
        True
        """
        laws = [draw.delay.of(platform) for draw in self.draws]
        logs = float(np.mean([np.log(law.median) for law in laws]))
        return LogNormal(float(np.exp(logs)), float(np.mean([law.sigma for law in laws])))

    def infer(self, posts: CascadeLog | CascadePosts) -> ParentPosterior:
        """Infer the parents of posts of the same people, averaged over the draws."""
        possible, since = list_possible_parents(posts, self.network), since_start(posts)
        share, unknown, likelihood = np.zeros(possible.above.size), np.zeros(since.size), 0.0
        place = places_of(posts, self.draws[0].delay.names)
        for draw in self.draws:
            one = weighed(possible, draw.probability, draw.delay.at(place), draw.outside.at(since))[0]
            share += one.probability / len(self.draws)
            unknown += one.unknown / len(self.draws)
            likelihood += one.log_likelihood / len(self.draws)
        return ParentPosterior(possible.ends, possible.above, share, unknown, likelihood)


def learn_hidden_parents(
    posts: CascadeLog | CascadePosts,
    network: InfluenceNetwork,
    *,
    rng: np.random.Generator,
    seen: Int64Array | None = None,
    given: FloatArray | None = None,
) -> HiddenParents:
    """Learn from cascades whose parents are hidden, but for those that are not.

    Parameters
    ----------
    posts : CascadeLog or CascadePosts
        Where they name their platforms, each has delays of its own.
    network : InfluenceNetwork
        Its own probabilities are not used.
    rng : numpy.random.Generator
    seen : int64 array, shape (posts,), optional
        The parent's place where it was seen, -1 where it is hidden.
    given : float64 array, shape (tie_count,), optional
        Probabilities known beforehand, which stay as they are; NaN where there is none.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0], [1], 0.5)
    >>> told = [(c, node) for c in range(40) for node in ((0, 1) if c % 2 else (0,))]
    >>> entries = [(c, node, 100.0 * c + 9.0 * node) for c, node in told]
    >>> log = CascadeLog.from_entries(*zip(*entries))
    >>> learned = learn_hidden_parents(log, network, rng=np.random.default_rng(1))
    >>> round(float(learned.probability[0]), 1), round(learned.delay().median)
    (0.5, 9)
    """
    sampler = _Sampler(posts, network, seen, given, rng)
    draws = [sampler.sweep() for _ in range(SWEEPS)]
    return HiddenParents(network, tuple(draws[SETTLING::EVERY]))


class _Sampler:
    """A plausible world and what it is drawn from."""

    def __init__(
        self,
        posts: CascadeLog | CascadePosts,
        network: InfluenceNetwork,
        seen: Int64Array | None,
        given: FloatArray | None,
        rng: np.random.Generator,
    ) -> None:
        self.rng, self.possible = rng, list_possible_parents(posts, network)
        self.trials = TieTrials.of(posts, network, self.possible)
        self.watch = OutsideWatch.of(posts, network.node_count)
        self.seen = np.full(posts.nodes.size, -1, np.int64) if seen is None else seen
        self.pinned = bool((self.seen >= 0).any())
        self.given = np.full(network.tie_count, np.nan) if given is None else given
        self.free = np.isnan(self.given)
        names = platforms_of(posts)
        self.place = places_of(posts, names)
        self.below = np.repeat(self.place, np.diff(self.possible.ends))
        first = PlatformDelays.alike(names, FIRST_DELAY)
        self.delay = first.fitted(self.possible.waited, self.below)
        self.outside = self.watch.rate(np.full(self.seen.size, FIRST_GUESS))
        trials = self.trials.count(self.law)
        share = float(np.clip(self.possible.tie.size / max(float(trials.sum()), 1.0), 1e-6, 0.5))
        self.pools = TiePools(network, share)
        self.probability = np.where(self.free, share, self.given)

    @property
    def law(self) -> LogNormalDelay:
        """The delay law of each post."""
        return self.delay.at(self.place)

    def sweep(self) -> Draw:
        """Draw what is hidden, then what it tells."""
        rates = self.outside.rate[self.watch.step]
        posterior, later = weighed(self.possible, self.probability, self.law, rates)
        if self.pinned:
            posterior = _pinned(posterior, self.seen)
        first = _drawn(posterior, self.rng)
        late = self.rng.random(later.size) < later
        late[first] = False
        through = self.possible.tie[np.concatenate([first, np.flatnonzero(late)])]
        self._draw_probability(through[self.free[through]])
        waited, below = self.possible.waited, self.below
        unseen = _longer(waited[late], self.delay.at(below[late]), self.rng)
        came = np.concatenate([waited[first], unseen])
        self.delay = self.delay.fitted(came, np.concatenate([below[first], below[late]]))
        self.outside = self.watch.rate(posterior.unknown)
        return Draw(self.probability.astype(np.float32), self.delay, self.outside)

    def _draw_probability(self, through: IndexArray) -> None:
        hazard = -np.log1p(-np.minimum(self.probability[through], HIGHEST))
        attempts = attempts_within(hazard, self.rng)
        counts = np.bincount(through, attempts, self.free.size).astype(np.float64)
        trials = np.where(self.free, self.trials.count(self.law), 0.0)
        drawn = -np.expm1(-self.pools.draw(counts, trials, self.rng))
        self.probability = np.where(self.free, drawn, self.given)


def _pinned(posterior: ParentPosterior, seen: Int64Array) -> ParentPosterior:
    """Put all weight on parents that were seen; on nobody known where no tie leads to the one seen."""
    share, unknown = posterior.probability.copy(), posterior.unknown.copy()
    parent = np.repeat(seen, np.diff(posterior.ends))
    pinned = parent >= 0
    share[pinned] = posterior.above[pinned] == parent[pinned]
    reached = np.concatenate([[0.0], np.cumsum(share)])
    known = seen >= 0
    unknown[known] = 1.0 - (reached[posterior.ends[1:]] - reached[posterior.ends[:-1]])[known].round()
    return ParentPosterior(posterior.ends, posterior.above, share, unknown, posterior.log_likelihood)


def _drawn(posterior: ParentPosterior, rng: np.random.Generator) -> Int64Array:
    """Draw the entry of the parent of each post that has one."""
    reached = np.concatenate([[0.0], np.cumsum(posterior.probability)])
    telling = np.flatnonzero(np.diff(posterior.ends))
    start, stop = reached[posterior.ends[telling]], reached[posterior.ends[telling + 1]]
    wanted = start + rng.random(start.size)
    entry = np.searchsorted(reached[1:], wanted, side="right")
    return entry[(wanted < stop) & (entry < posterior.probability.size)]


def _longer(waited: FloatArray, delay: LogNormalDelay, rng: np.random.Generator) -> FloatArray:
    """Draw delays of attempts that had not come after so many seconds."""
    past = ndtr((np.log(waited) - np.log(delay.median)) / delay.sigma)
    share = np.minimum(past + (1.0 - past) * rng.random(waited.size), SUREST)
    return np.asarray(np.maximum(delay.median * np.exp(delay.sigma * ndtri(share)), waited))
