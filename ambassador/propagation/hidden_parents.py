"""Learn tie probabilities, the delay law and the outside rate from posts whose parents are hidden.

Sources: Saito, Kimura, Ohara, Motoda, "Learning continuous-time information diffusion model for social
behavioral data analysis", ACML 2009, for the likelihood of the attempt that got through first. Ties are
pooled: source and target, each shrunk to the whole, stand in for what a tie's own record cannot tell yet.
How much is shrunk has to be judged on whole numbers of successes; the mean of what may have been would
look far too even. So parents and probabilities are drawn in turn (Gibbs sampling; Geman, Geman 1984), and
the means of the later sweeps are kept.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from ambassador.propagation.cascade_log import CascadeLog
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import (
    LogNormal,
    ParentPosterior,
    Possible,
    Posts,
    list_possible_parents,
    weighed,
)

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Int64Array = npt.NDArray[np.int64]

SWEEPS, SETTLING = 60, 20
"""Sweeps in all, and those at the start that are not counted."""
SHAPES = 2.0 ** np.arange(-4, 9)
"""Strengths of pooling tried, in successes: the smaller, the more ties differ."""
FIRST_GUESS, NARROWEST, WIDEST = 0.1, 0.2, 4.0
"""Share of posts blamed on the outside at first; bounds of the delay law's sigma."""
NEARLY_ALL = 0.99
"""Of the posts fall within the time a cascade is taken to last."""
FEWEST = 5
"""Delays from which a law is fitted."""
LOWEST, HIGHEST, LEAST = 1e-12, 0.999, 1e-30


@dataclass(frozen=True, eq=False)
class HiddenParents:
    """What was learned without seeing a single parent, and the posterior it gives.

    Attributes
    ----------
    probability : float64 array, shape (tie_count,)
    delay : LogNormal
    outside : float
        Per second and person.
    posterior : ParentPosterior
    """

    probability: FloatArray
    delay: LogNormal
    outside: float
    posterior: ParentPosterior


def learn_hidden_parents(
    posts: CascadeLog | Posts, network: InfluenceNetwork, *, rng: np.random.Generator
) -> HiddenParents:
    """Learn from cascades whose parents are all hidden; the network's own probabilities are not used.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0], [1], 0.5)
    >>> entries = [(c, node, 9.0 * node) for c in range(40) for node in ((0, 1) if c % 2 else (0,))]
    >>> log = CascadeLog.from_entries(*zip(*entries))
    >>> learned = learn_hidden_parents(log, network, rng=np.random.default_rng(1))
    >>> round(float(learned.probability[0]), 1), round(learned.delay.median)
    (0.5, 9)
    """
    possible = list_possible_parents(posts, network)
    trials = _trials(posts, network, possible)
    joined = joined_later(posts)
    probability = _first_probability(possible, trials)
    delay, outside = _first_delay(possible), _first_outside(posts, network, joined)
    room = outside / FIRST_GUESS
    kept, mean = _Means(), np.zeros(network.tie_count)
    for sweep in range(SWEEPS):
        posterior, later = weighed(possible, probability, delay, outside)
        first = _drawn(posterior, rng)
        through = rng.random(later.size) < later
        through[first] = True
        successes = np.bincount(possible.tie[through], minlength=network.tie_count).astype(np.float64)
        shape, expected = pooling(successes, trials, network)
        rate = trials + shape / expected
        probability = np.clip(rng.gamma(successes + shape) / rate, LOWEST, HIGHEST)
        delay = _fitted(possible.waited[first], delay)
        outside = max(float(posterior.unknown @ joined) / max(int(joined.sum()), 1) * room, LEAST)
        if sweep >= SETTLING:
            mean += np.minimum((successes + shape) / rate, HIGHEST)
            kept.add(delay, outside)
    probability = mean / (SWEEPS - SETTLING)
    delay, outside = kept.delay, kept.outside
    return HiddenParents(probability, delay, outside, weighed(possible, probability, delay, outside)[0])


@dataclass(slots=True)
class _Means:
    """Sums over the sweeps that count."""

    count: int = 0
    log_median: float = 0.0
    sigmas: float = 0.0
    rates: float = 0.0

    def add(self, delay: LogNormal, outside: float) -> None:
        self.count += 1
        self.log_median += float(np.log(delay.median))
        self.sigmas += delay.sigma
        self.rates += outside

    @property
    def delay(self) -> LogNormal:
        return LogNormal(float(np.exp(self.log_median / self.count)), self.sigmas / self.count)

    @property
    def outside(self) -> float:
        return self.rates / self.count


def _drawn(posterior: ParentPosterior, rng: np.random.Generator) -> Int64Array:
    """Draw the entry of the parent of each post that has one."""
    reached = np.concatenate([[0.0], np.cumsum(posterior.probability)])
    start, stop = reached[posterior.ends[:-1]], reached[posterior.ends[1:]]
    wanted = start + rng.random(start.size)
    entry = np.searchsorted(reached[1:], wanted, side="right")
    return entry[(wanted < stop) & (entry < posterior.probability.size)]


def _trials(posts: CascadeLog | Posts, network: InfluenceNetwork, possible: Possible) -> FloatArray:
    """Count per tie the posts of its source its target could still answer: all but the late ones."""
    known = posts.nodes[posts.nodes >= 0]
    made = np.bincount(known, minlength=network.node_count)[network.out_sources]
    back = InfluenceNetwork.from_arrays(network.out_targets, network.out_sources, 0.5, network.node_count)
    late = np.bincount(list_possible_parents(posts, back).tie, minlength=network.tie_count)
    forward = np.empty(network.tie_count, np.int64)
    forward[np.lexsort((network.out_sources, network.out_targets))] = late
    answered = np.bincount(possible.tie, minlength=network.tie_count)
    return np.maximum(made - forward, answered).astype(np.float64)


def _first_probability(possible: Possible, trials: FloatArray) -> FloatArray:
    share = np.clip(possible.tie.size / max(float(trials.sum()), 1.0), 1e-6, 0.5)
    return np.full(trials.size, share)


def _first_delay(possible: Possible) -> LogNormal:
    return _fitted(possible.waited, LogNormal(3600.0, 1.5))


def _fitted(waited: FloatArray, before: LogNormal) -> LogNormal:
    if waited.size < FEWEST:
        return before
    logs = np.log(waited)
    return LogNormal(float(np.exp(logs.mean())), float(np.clip(logs.std(), NARROWEST, WIDEST)))


def _first_outside(posts: CascadeLog | Posts, network: InfluenceNetwork, joined: BoolArray) -> float:
    """Spread a share of the posts evenly over everybody, every cascade, and the time cascades last."""
    count = int(joined.sum())
    if not count:
        return LEAST
    sizes = np.diff(posts.offsets)
    filled = np.flatnonzero(sizes)
    since = posts.times - np.repeat(posts.times[posts.offsets[:-1][filled]], sizes[filled])
    window = float(np.quantile(since[joined], NEARLY_ALL))
    return FIRST_GUESS * count / (window * filled.size * max(network.node_count, 1))


def joined_later(posts: CascadeLog | Posts) -> BoolArray:
    """Tell which posts came after the first moment of their cascade; the others start it."""
    sizes = np.diff(posts.offsets)
    filled = np.flatnonzero(sizes)
    return posts.times > np.repeat(posts.times[posts.offsets[:-1][filled]], sizes[filled])


def pooling(successes: FloatArray, trials: FloatArray, network: InfluenceNetwork) -> tuple[float, FloatArray]:
    """Give the gamma shape ties are shrunk by, and the rate source and target let expect of each.

    Parameters
    ----------
    successes, trials : float64 arrays, shape (tie_count,)

    Returns
    -------
    tuple of float and float64 array, shape (tie_count,)
        A tie's rate is then ``(successes + shape) / (trials + shape / expected)``.
    """
    whole = (successes.sum() + 0.5) / (trials.sum() + 1.0)
    sent = _lift(successes, trials * whole, network.out_sources, network.node_count)
    heard = _lift(successes, trials * whole * sent, network.out_targets, network.node_count)
    expected = np.minimum(whole * sent * heard, HIGHEST)
    return _best_shape(successes, trials * expected), expected


def _lift(
    successes: FloatArray, expected: FloatArray, nodes: npt.NDArray[np.int32], count: int
) -> FloatArray:
    """Give, by tie, how much more its source (or target) brings than expected, shrunk to 1."""
    seen = np.bincount(nodes, successes, count).astype(np.float64)
    due = np.bincount(nodes, expected, count).astype(np.float64)
    strength = _best_shape(seen, due)
    return ((seen + strength) / (due + strength))[nodes]


def _best_shape(seen: FloatArray, due: FloatArray) -> float:
    """Choose the gamma shape under which negative binomial counts ``seen`` are likeliest."""
    counted = due > 0
    seen, due = seen[counted], due[counted]

    def likelihood(shape: float) -> float:
        rising = gammaln(seen + shape) - gammaln(shape)
        fixed = shape * np.log(shape) - (seen + shape) * np.log(due + shape) + seen * np.log(due)
        return float((rising + fixed).sum())

    return float(max(SHAPES, key=likelihood))
