"""What hidden parents are inferred from: what was learned, what files give, or the posts at hand alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlmodel import Session

from ambassador.propagation.hidden_parents import learn_hidden_parents
from ambassador.propagation.learned import LearnedInfluence
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import (
    DelayLaw,
    ParentPosterior,
    Posts,
    infer_parents,
    list_possible_parents,
)
from ambassador.services.learned import load_learned
from ambassador.services.learned_rule import covers, lay_over
from ambassador.services.ordered_cascades import OrderedCascades, lasting, newest
from ambassador.store.learning import newest_parameters
from ambassador.store.parent_candidates import HeardFrom
from ambassador.values.inference import Basis, InferredFrom

_KEY = 20_260_501
_LEARNED_FROM = 20_000
"""Newest posts that probabilities are learned from; more would only take longer."""
_TRIED: Final = (100, 3_000)
"""Posts with seen parents that two ways are compared on: at least, at most."""
_FEWEST: Final = 10
"""Answers among them, below which nothing can be told."""
_SMALLEST: Final = 1e-3
"""Probability counted at least for the parent seen."""


@dataclass(frozen=True)
class Evidence:
    """Tie probabilities, delays and outside rate (per second and person), and where they come from."""

    probability: npt.NDArray[np.float64]
    common: DelayLaw
    outside: float
    basis: Basis
    learned: LearnedInfluence | None = None

    def posterior(self, talk: Posts, network: InfluenceNetwork, platform: str) -> ParentPosterior:
        """Infer parents with the delays of one platform."""
        delay = self.common if self.learned is None else self.learned.delay(platform)
        possible = list_possible_parents(talk, network)
        return infer_parents(possible, self.probability, delay, self.outside)


def weigh_evidence(
    session: Session,
    heard: Sequence[HeardFrom],
    network: InfluenceNetwork,
    hidden: OrderedCascades,
    seen: OrderedCascades,
) -> Evidence:
    """Choose what to infer from: given with the ties, else learned before, else learned from these posts.

    What was learned before knows who follows whom, but not by which path. Where parents were seen it is
    put to the test, and used if it names them clearly better than posts alone do.
    """
    talk = hidden.talk(network)
    alone = _from_posts(newest(talk, _LEARNED_FROM)[0], network)
    if all(one.probability is not None for one in heard):
        given = network.probability.astype(np.float64)
        return Evidence(given, alone.common, alone.outside, Basis(InferredFrom.GIVEN))
    learned = _learned_before(session, heard, network, talk)
    return learned if learned is not None and _is_better(learned, network, seen, talk) else alone


def _from_posts(talk: Posts, network: InfluenceNetwork) -> Evidence:
    own = learn_hidden_parents(talk, network, rng=np.random.default_rng(_KEY))
    return Evidence(own.probability, own.delay, own.outside, Basis(InferredFrom.THESE_POSTS))


def _learned_before(
    session: Session, heard: Sequence[HeardFrom], network: InfluenceNetwork, talk: Posts
) -> Evidence | None:
    """Lay what was learned last over these ties; the chance to join unexposed becomes a rate."""
    row, learned = newest_parameters(session), load_learned(session)
    if row is None or learned is None:
        return None
    if not covers(learned, (one.source_key for one in heard), (one.target_key for one in heard)):
        return None
    probability = lay_over(network, learned).network.probability.astype(np.float64)
    rate = -float(np.log1p(-min(learned.outside.per_person, 0.999))) / lasting(talk)
    basis = Basis(InferredFrom.LEARNED, row.id, int(row.metrics.get("cascades", 0)))
    return Evidence(probability, learned.delay(), rate, basis, learned)


def _is_better(learned: Evidence, network: InfluenceNetwork, seen: OrderedCascades, talk: Posts) -> bool:
    """Compare on the newest cascades in which parents were seen, about as many posts as hide them."""
    trial, start = newest(seen.talk(network), int(np.clip(talk.nodes.size, *_TRIED)))
    truth = np.maximum(seen.parent[start:] - start, -1)
    asked = np.flatnonzero(truth >= 0)
    if asked.size < _FEWEST:
        return False
    spoken = np.array([post.platform for post in seen.posts[start:]])
    alone = _from_posts(trial, network)
    gain = np.zeros(asked.size)
    for platform in np.unique(spoken[asked]).tolist():
        here = spoken[asked] == platform
        ways = [one.posterior(trial, network, platform) for one in (learned, alone)]
        ours, theirs = (_stated(one, truth, asked[here]) for one in ways)
        gain[here] = np.log(np.maximum(ours, _SMALLEST)) - np.log(np.maximum(theirs, _SMALLEST))
    return bool(gain.mean() > gain.std() / np.sqrt(gain.size))


def _stated(
    posterior: ParentPosterior, truth: npt.NDArray[np.int64], asked: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Give the probability stated for the true parent of each post asked for."""
    post = np.repeat(np.arange(truth.size), np.diff(posterior.ends))
    right = posterior.above == truth[post]
    stated = np.bincount(post[right], posterior.probability[right], truth.size)
    return stated.astype(np.float64)[asked]
