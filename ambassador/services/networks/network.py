"""The network a pick or a forecast is computed on: ties joined with a rule for their probabilities."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from sqlmodel import Session

from ambassador.config import settings
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from ambassador.propagation.influence import LearnedInfluence
from ambassador.propagation.network import InfluenceNetwork
from ambassador.services.learned.learned_rule import covers, lay_over, trusted_influence
from ambassador.services.networks.tie_rules import TieBasis, choose_rule, network_by_rule, plain_ties
from ambassador.services.work import UnitOfWork
from ambassador.store.networks.networks import (
    CrowdArrays,
    NetworkArrays,
    add_network_snapshot,
    get_network_snapshot,
    read_ties,
)
from ambassador.store.people.track_record import posts_by_node
from ambassador.store.tables.network import NetworkSnapshot
from ambassador.values.imports.imports import Note
from ambassador.values.networks.network import ProbabilityRule, RuleKind

MEASURED = frozenset({RuleKind.LEARNED, RuleKind.GIVEN})
"""Rules whose probabilities nobody assumed."""


@dataclass(frozen=True)
class LoadedNetwork:
    """A network whose labels are node keys, the rule that was used, and what to say about it."""

    network: InfluenceNetwork
    rule: str
    notes: tuple[Note, ...]
    strength: FloatArray = field(default_factory=lambda: np.empty(0))
    """alpha + beta of each tie's posterior, by tie number; empty: the probabilities are taken as certain."""
    crowd: CrowdArrays | None = None
    """What is known of the people, where a forecast used it."""
    parameter_set_id: int | None = None
    """What the probabilities were learned in, where they were."""

    @property
    def keys(self) -> Int64Array:
        """Node keys by node number, rising."""
        return np.asarray(self.network.labels, dtype=np.int64)

    def nodes_of(self, keys: Iterable[int]) -> Int32Array:
        """Return the numbers of nodes that are surely in."""
        return np.searchsorted(self.keys, np.fromiter(keys, np.int64)).astype(np.int32)

    def listeners(self, keys: Iterable[int]) -> list[int]:
        """Count the direct audience of nodes that are surely in."""
        counts: list[int] = np.diff(self.network.out_offsets)[self.nodes_of(keys)].tolist()
        return counts

    def contains(self, keys: Iterable[int]) -> BoolArray:
        """Tell which keys are nodes here."""
        return np.isin(np.fromiter(keys, np.int64), self.keys)


@dataclass(frozen=True)
class KnownTies:
    """Everything a network is built from, read once; the rule is no longer ``auto``."""

    basis: TieBasis
    rule: ProbabilityRule
    learned: LearnedInfluence | None = None
    """What the probabilities come from, where they were learned."""
    parameter_set_id: int | None = None

    @property
    def are_measured(self) -> bool:
        """Whether probabilities are learned or given, not assumed: strangers then come beside them."""
        return self.rule.kind in MEASURED

    def where(self, kept: BoolArray) -> "KnownTies":
        """Keep some ties alone, by their place."""
        return replace(self, basis=replace(self.basis, ties=self.basis.ties.where(kept)))

    def network(self, extra: Iterable[int] = ()) -> LoadedNetwork:
        """Build the network; ``extra`` nodes are in even without a tie."""
        more = np.fromiter(extra, np.int64)
        basis = replace(self.basis, extra=more)
        strength, known = np.empty(0), None
        if self.rule.kind is RuleKind.LEARNED and self.learned is not None:
            network, strength, notes = lay_over(plain_ties(basis), self.learned)
            known = self.parameter_set_id
        else:
            network, notes = network_by_rule(basis, self.rule)
        notes = (*notes, *_alone(network, more))
        return LoadedNetwork(network, str(self.rule), notes, strength, parameter_set_id=known)


def read_known_ties(session: Session, rule: ProbabilityRule, key: int) -> KnownTies:
    """Read the ties and settle the rule; ``key`` decides what a rule leaves to chance.

    Examples
    --------
    >>> read_known_ties(session, ProbabilityRule(), key=1).rule.kind
    <RuleKind.GIVEN: 'given'>
    """
    ties = read_ties(session)
    found = trusted_influence(session, rule)
    if found is None and rule.kind is RuleKind.LEARNED:
        raise BadInputError("nothing is learned yet: close campaigns or import past mentions, then learn")
    enough = found is not None and covers(found.influence, ties.source_key, ties.target_key)
    chosen = choose_rule(ties, rule, learned=enough)
    posts = posts_by_node(session) if chosen.kind is RuleKind.WEIGHTS else {}
    basis = TieBasis(ties, np.empty(0, np.int64), posts, key)
    if found is None or chosen.kind is not RuleKind.LEARNED:
        return KnownTies(basis, chosen)
    return KnownTies(basis, chosen, found.influence, found.parameter_set_id)


def load_network(
    session: Session, rule: ProbabilityRule, key: int, *, extra: Iterable[int] = ()
) -> LoadedNetwork:
    """Read the ties and build the network in one go.

    Examples
    --------
    >>> loaded = load_network(session, ProbabilityRule.parse("constant:0.1"), key=1)
    >>> loaded.network.tie_count, loaded.rule
    (7, 'constant:0.1')
    """
    return read_known_ties(session, rule, key).network(extra)


def keep_network(session: Session, loaded: LoadedNetwork, work: UnitOfWork) -> NetworkSnapshot:
    """Record the network a pick or a forecast used."""
    network = loaded.network
    given = np.empty(0) if network.given is None else np.asarray(network.given, dtype=np.float64)
    arrays = NetworkArrays(
        loaded.keys,
        network.out_sources,
        network.out_targets,
        given,
        loaded.strength,
        **_crowd_columns(loaded),
    )
    folder = settings().data_folder
    return add_network_snapshot(session, arrays, probabilities=loaded.rule, at=work.now(), folder=folder)


def reopen_network(session: Session, snapshot_id: int, rule: str) -> LoadedNetwork:
    """Return a recorded network again, tie for tie.

    Examples
    --------
    >>> reopen_network(session, 1, "given").network.tie_count
    6
    """
    arrays = get_network_snapshot(session, snapshot_id, folder=settings().data_folder)
    given = arrays.probability if arrays.probability.size == arrays.source.size else None
    network = InfluenceNetwork.from_arrays(
        arrays.source, arrays.target, given, len(arrays.node_keys), labels=arrays.node_keys
    )
    crowd = CrowdArrays(arrays.followers, arrays.views, arrays.law) if arrays.followers.size else None
    return LoadedNetwork(network, rule, (), arrays.strength, crowd)


def _crowd_columns(loaded: LoadedNetwork) -> dict[str, Any]:
    crowd = loaded.crowd
    if crowd is None:
        return {}
    return {"followers": crowd.followers, "views": crowd.views, "law": crowd.law}


def _alone(network: InfluenceNetwork, extra: Int64Array) -> tuple[Note, ...]:
    """Tell how many of the extra nodes no tie leads to or from."""
    labels = np.asarray(network.labels, dtype=np.int64)
    nodes = np.searchsorted(labels, np.unique(extra))
    degree = np.diff(network.out_offsets)[nodes] + np.diff(network.in_offsets)[nodes]
    alone = int((degree == 0).sum())
    if not alone:
        return ()
    text = mark("People without ties here: {people}. Each is counted as talking alone.")
    return (Note(text, {"people": alone}),)
