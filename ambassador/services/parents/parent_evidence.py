"""What hidden parents are inferred from: what files give, what was learned before, and the posts at hand."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from sqlmodel import Session

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.influence import LearnedInfluence
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import (
    CascadePosts,
    HiddenParents,
    infer_parents,
    learn_hidden_parents,
    list_possible_parents,
)
from ambassador.propagation.parents.platform_delays import PlatformDelays, places_of, platforms_of
from ambassador.propagation.parents.possible_parents import ParentPosterior
from ambassador.services.learned.learned import load_learned
from ambassador.services.learned.learned_rule import covers, lay_over
from ambassador.services.parents.ordered_cascades import OrderedCascades, joined_talk, lasting
from ambassador.store.learning.learning import newest_parameters
from ambassador.values.cascades.inference import InferredFrom, ParentBasis

_KEY = 20_260_501
_LEARNED_FROM = 20_000
"""Newest posts of either kind that probabilities are learned from; more would only take longer."""
_MOSTLY: Final = 0.5
"""Share of the ties that must have a probability of their own for it to be said that files give them."""
_TRIED: Final = 3_000
"""Newest posts that two ways are compared on."""
_FEWEST: Final = 10
"""Answers among them, below which nothing can be told."""
_SMALLEST: Final = 1e-3
"""Probability counted at least for the parent seen."""


class ParentEvidence(Protocol):
    """Something parents can be inferred from, and what it rests on."""

    @property
    def basis(self) -> ParentBasis:
        """What it rests on."""

    def posterior(self, talk: CascadePosts) -> ParentPosterior:
        """Infer the parents of posts, with the delays of their platforms."""


@dataclass(frozen=True)
class FromPosts:
    """What the posts at hand tell, given probabilities included."""

    own: HiddenParents
    basis: ParentBasis

    def posterior(self, talk: CascadePosts) -> ParentPosterior:
        """Infer parents."""
        return self.own.infer(talk)


@dataclass(frozen=True)
class LearnedBefore:
    """What was learned last, laid over the ties of today; ``rate`` is per second and person."""

    network: InfluenceNetwork
    learned: LearnedInfluence
    rate: float
    until: float
    """The newest post it was learned from, in seconds."""
    basis: ParentBasis

    def posterior(self, talk: CascadePosts) -> ParentPosterior:
        """Infer parents."""
        possible, names = list_possible_parents(talk, self.network), platforms_of(talk)
        laws = [self.learned.delay(name) for name in (*names, "")]
        median, sigma = np.array([(law.median, law.sigma) for law in laws]).T
        delay = PlatformDelays(names, median, sigma).at(places_of(talk, names))
        return infer_parents(possible, self.network.probability, delay, self.rate)


def weigh_evidence(
    session: Session,
    given: FloatArray,
    network: InfluenceNetwork,
    hidden: OrderedCascades,
    seen: OrderedCascades,
) -> ParentEvidence:
    """Choose what to infer from: given with the ties, else learned before, else learned from these posts.

    Parents that were seen teach along with those that are hidden. What was learned before knows who follows
    whom, but not by which path. Where parents were seen since then it is put to the test, and used if it
    names them clearly better; what it was learned from says nothing about how good it is.

    ``given`` holds the probability of each tie of the network, NaN where no file gives one.
    """
    if given.size and np.isfinite(given).mean() >= _MOSTLY:
        return _from_posts(hidden, seen, network, given, InferredFrom.GIVEN)
    learned = _learned_before(session, network, hidden.talk(network))
    if learned is not None and _is_better(learned, given, network, seen):
        return learned
    return _from_posts(hidden, seen, network, given, InferredFrom.THESE_POSTS)


def _from_posts(
    hidden: OrderedCascades,
    seen: OrderedCascades,
    network: InfluenceNetwork,
    given: FloatArray,
    kind: InferredFrom,
) -> FromPosts:
    parts = [part.newest(_LEARNED_FROM) for part in (seen, hidden)]
    talk, parent = joined_talk(parts, network)
    rng = np.random.default_rng(_KEY)
    return FromPosts(
        learn_hidden_parents(talk, network, rng=rng, seen=parent, given=given), ParentBasis(kind)
    )


def _learned_before(session: Session, network: InfluenceNetwork, talk: CascadePosts) -> LearnedBefore | None:
    """Lay what was learned last over these ties; the chance to join unexposed becomes a rate."""
    row, learned = newest_parameters(session), load_learned(session)
    if row is None or learned is None or row.trained_until is None:
        return None
    keys = np.asarray(network.labels, dtype=np.int64)
    if not covers(learned, keys[network.out_sources], keys[network.out_targets]):
        return None
    rate = -float(np.log1p(-min(learned.outside.per_person, 0.999))) / lasting(talk)
    basis = ParentBasis(InferredFrom.LEARNED, row.id, int(row.metrics.get("cascades", 0)))
    until = row.trained_until.timestamp()
    return LearnedBefore(lay_over(network, learned).network, learned, rate, until, basis)


def _is_better(
    learned: LearnedBefore, given: FloatArray, network: InfluenceNetwork, seen: OrderedCascades
) -> bool:
    """Compare on cascades in which parents were seen and that are newer than what was learned."""
    early, trial = seen.parted(learned.until)
    trial = trial.newest(_TRIED)
    asked = np.flatnonzero(trial.parent >= 0)
    if asked.size < _FEWEST:
        return False
    alone = _from_posts(trial.hiding_all(), early, network, given, InferredFrom.THESE_POSTS)
    talk = trial.talk(network)
    ours, theirs = (_stated(one.posterior(talk), trial.parent, asked) for one in (learned, alone))
    gain = np.log(np.maximum(ours, _SMALLEST)) - np.log(np.maximum(theirs, _SMALLEST))
    return bool(gain.mean() > gain.std() / np.sqrt(gain.size))


def _stated(posterior: ParentPosterior, truth: Int64Array, asked: Int64Array) -> FloatArray:
    """Return the probability stated for the true parent of each post asked for."""
    post = np.repeat(np.arange(truth.size), np.diff(posterior.ends))
    right = posterior.above == truth[post]
    stated = np.bincount(post[right], posterior.probability[right], truth.size)
    return stated.astype(np.float64)[asked]
