"""How often ties could have passed something on, and how likely they do, drawn from what all of them tell.

The logarithm of a tie's hazard is a sum of normal terms: how much its source sets off, how much its target
passes on, whether the two hear from each other, how close those two are, and its own. How far each kind of
term varies is drawn as well, so data decide how much is pooled: a Poisson model with crossed random effects
(Gelman, Carlin, Stern, Dunson, Vehtari, Rubin, "Bayesian Data Analysis", 2013, chapter 16). Each kind is
drawn given the others (Gibbs sampling; Geman, Geman 1984), its spread both with its terms and in proportion
to them (Yu, Meng, "To center or not to center", 2011), so that thin and thick records mix alike.
Trials are counted with those who stayed silent: most of what there is to learn from.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.special import ndtr

from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents.possible_parents import (
    RESOLUTIONS,
    CascadePosts,
    LogNormalDelay,
    Possible,
    list_possible_parents,
)

# Standard deviation of each kind of term at first; a half-normal of 1 says beforehand how far it may go.
FIRST_SPREAD = 0.7
# Of a spread; tries of each sort to move it per draw, by steps of random size.
NARROWEST, TRIES, SMALLEST_STEP = 0.01, 2, 0.01
# Newton steps to the likeliest term, their bound, and the degrees of freedom of the proposal around it.
CLIMBS, LONGEST_CLIMB, FREEDOM = 4, 1.5, 5.0
LOWEST, HIGHEST = 1e-12, 7.0  # bounds of a hazard: the highest is a probability of 0.999


@dataclass(frozen=True, eq=False)
class TieTrials:
    """Posts of each tie's source that its target answered, or could have and did not.

    A target who posted before the source, or at the same moment, was not asked. One who has not posted yet
    was asked for as much as the delay law leaves to come by the newest post of all: a post of a minute ago
    says little about those who are silent.

    Attributes
    ----------
    network : InfluenceNetwork
    nodes : int array, shape (posts,)
    left : float64 array, shape (posts,)
        Logarithm of the seconds from each post to the newest of all.
    settled_tie, settled_post : int64 arrays
        Ties, and posts of their sources, whose targets did not stay silent.
    answered : float64 array, shape (tie_count,)
        Posts of the source that the target posted after.
    """

    network: InfluenceNetwork
    nodes: Int32Array
    left: FloatArray
    settled_tie: Int64Array
    settled_post: Int64Array
    answered: FloatArray

    @classmethod
    def of(cls, posts: CascadeLog | CascadePosts, network: InfluenceNetwork, possible: Possible) -> Self:
        """Find who was asked and when."""
        coarse = RESOLUTIONS[0]  # keeps those of the same moment
        after = list_possible_parents(posts, network, coarse)
        back = InfluenceNetwork.from_arrays(network.out_targets, network.out_sources, 0.5, network.node_count)
        before = list_possible_parents(posts, back, coarse)
        order = np.lexsort((network.out_sources, network.out_targets))
        late = np.repeat(np.arange(posts.nodes.size), np.diff(before.ends))
        tie = np.concatenate([after.tie, order[before.tie]]).astype(np.int64)
        settled = np.unique(tie * max(posts.nodes.size, 1) + np.concatenate([after.above, late]))
        settled_tie, settled_post = np.divmod(settled, max(posts.nodes.size, 1))
        answered = np.bincount(possible.tie, minlength=network.tie_count).astype(np.float64)
        with np.errstate(divide="ignore"):
            left = np.log(posts.times.max(initial=-np.inf) - posts.times)
        return cls(network, posts.nodes, left, settled_tie, settled_post, answered)

    def count(self, delay: LogNormalDelay) -> FloatArray:
        """Count the trials of each tie, shape (tie_count,), as far as they have come under a delay law.

        Examples
        --------
        >>> from ambassador.propagation.parents.possible_parents import LogNormal
        >>> network = InfluenceNetwork.from_arrays([0, 0], [1, 2], 0.5)
        >>> log = CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1e9])
        >>> trials = TieTrials.of(log, network, list_possible_parents(log, network))
        >>> trials.count(LogNormal(60.0, 1.0)).tolist()
        [1.0, 1.0]
        """
        come = ndtr((self.left - np.log(delay.median)) / delay.sigma)
        known = self.nodes >= 0
        made = np.bincount(self.nodes[known], come[known], self.network.node_count)
        settled = np.bincount(self.settled_tie, come[self.settled_post], self.network.tie_count)
        silent = np.maximum(made[self.network.out_sources] - settled, 0.0)
        return np.asarray(silent + self.answered)


class TiePools:
    """The hazards of all ties, drawn anew whenever counts are.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 0], [1, 2], 0.5)
    >>> pools, rng = TiePools(network, 0.1), np.random.default_rng(1)
    >>> drawn = [pools.draw(np.array([90.0, 10.0]), np.array([100.0, 100.0]), rng) for _ in range(200)]
    >>> np.mean(drawn, axis=0).round(1).tolist()
    [0.9, 0.1]
    """

    def __init__(self, network: InfluenceNetwork, first: float) -> None:
        mutual, pair = pairs_of(network)
        every = np.arange(network.tie_count)
        kinds = (
            (every, network.out_sources.astype(np.int64)),
            (every, network.out_targets.astype(np.int64)),
            (every, mutual.astype(np.int64)),
            (every[mutual], np.unique(pair[mutual], return_inverse=True)[1].astype(np.int64)),
            (every, every),
        )
        self.whole = first
        self.kinds = [PooledTerms.none(ties, group) for ties, group in kinds]

    def draw(self, counts: FloatArray, trials: FloatArray, rng: np.random.Generator) -> FloatArray:
        """Draw the hazards given how often each tie got through in how many trials."""
        total = np.zeros(counts.size)
        for kind in self.kinds:
            total[kind.ties] += kind.terms[kind.group]
        self.whole = float(rng.gamma(counts.sum() + 0.5) / (trials @ np.exp(total) + 1.0))
        for kind in self.kinds:
            total[kind.ties] -= kind.terms[kind.group]
            due = trials[kind.ties] * (self.whole * np.exp(total[kind.ties]))
            kind.redraw(kind.summed(counts[kind.ties]), kind.summed(due), rng)
            total[kind.ties] += kind.terms[kind.group]
        return np.clip(self.whole * np.exp(total), LOWEST, HIGHEST)


@dataclass(slots=True)
class PooledTerms:
    """One kind of term.

    Attributes
    ----------
    ties, group : int64 arrays
        Ties that have such a term, and the number of each one's.
    terms : float64 array, shape (groups,)
    spread : float
        Their standard deviation.
    """

    ties: Int64Array
    group: Int64Array
    terms: FloatArray
    spread: float = FIRST_SPREAD

    @classmethod
    def none(cls, ties: Int64Array, group: Int64Array) -> "PooledTerms":
        """Start with terms of 0.

        Examples
        --------
        >>> PooledTerms.none(np.arange(3), np.array([0, 1, 1])).terms.tolist()
        [0.0, 0.0]
        """
        return cls(ties, group, np.zeros(int(group.max(initial=-1)) + 1))

    def summed(self, figures: FloatArray) -> FloatArray:
        """Sum figures of the ties by term.

        Examples
        --------
        >>> terms = PooledTerms.none(np.arange(3), np.array([0, 1, 1]))
        >>> terms.summed(np.array([1.0, 2.0, 3.0])).tolist()
        [1.0, 5.0]
        """
        return np.bincount(self.group, figures, self.terms.size).astype(np.float64)

    def redraw(self, seen: FloatArray, due: FloatArray, rng: np.random.Generator) -> None:
        """Draw the terms, then their spread, given counts and what they would be on average without them."""
        if not self.terms.size:
            return
        self.terms = drawn_terms(self.terms, seen, due, self.spread, rng)
        for _ in range(TRIES):
            self._spread_alone(rng)
            self._stretch(seen, due, rng)

    def _spread_alone(self, rng: np.random.Generator) -> None:
        """Try another spread for the terms as they are."""
        wanted, gain = self._another(rng)
        gain += float(self.terms @ self.terms) / 2 * (self.spread**-2 - wanted**-2)
        gain -= self.terms.size * np.log(wanted / self.spread)
        if wanted > NARROWEST and np.log(rng.random()) < gain:
            self.spread = wanted

    def _stretch(self, seen: FloatArray, due: FloatArray, rng: np.random.Generator) -> None:
        """Try another spread and all terms in proportion."""
        wanted, gain = self._another(rng)
        longer = self.terms * (wanted / self.spread)
        gain += float(seen @ (longer - self.terms) - due @ (np.exp(longer) - np.exp(self.terms)))
        if wanted > NARROWEST and np.log(rng.random()) < gain:
            self.spread, self.terms = wanted, longer

    def _another(self, rng: np.random.Generator) -> tuple[float, float]:
        """Propose a spread; give how much likelier it is beforehand, the step's own size allowed for."""
        step = float(SMALLEST_STEP ** rng.random() * rng.standard_normal())
        wanted = self.spread * float(np.exp(step))
        return wanted, step - (wanted**2 - self.spread**2) / 2


def drawn_terms(
    before: FloatArray, seen: FloatArray, due: FloatArray, spread: float, rng: np.random.Generator
) -> FloatArray:
    """Draw normal terms x of Poisson counts of mean ``due exp(x)``, or keep those ``before``.

    Proposed is a wide Student law around the likeliest term (Metropolis, Hastings 1970).

    Examples
    --------
    >>> rng, zero = np.random.default_rng(1), np.zeros(1)
    >>> drawn = [drawn_terms(zero, np.array([500.0]), np.array([100.0]), 1.0, rng)[0] for _ in range(200)]
    >>> round(float(np.exp(np.mean(drawn))), 1)
    5.0
    """
    hold = spread**-2
    mode = np.log((seen + hold) / (due + hold))
    for _ in range(CLIMBS):
        raised = due * np.exp(mode)
        mode += np.clip((seen - raised - hold * mode) / (raised + hold), -LONGEST_CLIMB, LONGEST_CLIMB)
    width = 1.0 / np.sqrt(due * np.exp(mode) + hold)
    wanted = mode + width * rng.standard_t(FREEDOM, before.size)

    def worth(terms: FloatArray) -> FloatArray:
        likely = seen * terms - due * np.exp(terms) - hold / 2 * terms**2
        proposed = -(FREEDOM + 1) / 2 * np.log1p(((terms - mode) / width) ** 2 / FREEDOM)
        return np.asarray(likely - proposed)

    moved = np.log(rng.random(before.size)) < worth(wanted) - worth(before)
    return np.where(moved, wanted, before)


def pairs_of(network: InfluenceNetwork) -> tuple[BoolArray, Int64Array]:
    """Tell for each tie whether the two hear from each other, and the number of their pair.

    Examples
    --------
    >>> [one.tolist() for one in pairs_of(InfluenceNetwork.from_arrays([0, 0, 1], [1, 2, 0], 0.5))]
    [[True, False, True], [0, 1, 0]]
    """
    source, target = network.out_sources.astype(np.int64), network.out_targets.astype(np.int64)
    code = np.minimum(source, target) * network.node_count + np.maximum(source, target)
    pair, times = np.unique(code, return_inverse=True, return_counts=True)[1:]
    return times[pair] > 1, pair.astype(np.int64)


def attempts_within(hazard: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draw how many attempts got through where at least one did: a Poisson count above 0.

    A tie of hazard h passes on with probability 1 - exp(-h); counting all attempts, the counts are Poisson.
    The first comes at a time t below h, the others within h - t.

    Examples
    --------
    >>> attempts_within(np.array([1e-9, 50.0]), np.random.default_rng(1)).tolist()
    [1.0, 63.0]
    """
    first = -np.log1p(rng.random(hazard.size) * np.expm1(-hazard))
    return np.asarray(1.0 + rng.poisson(np.maximum(hazard - first, 0.0)), dtype=np.float64)
