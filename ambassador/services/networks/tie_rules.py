"""How ties become a network: one rule for the probabilities, and what to tell the reader about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.network import InfluenceNetwork, bernoulli, constant, from_counts, trivalency
from ambassador.store.networks.networks import TieArrays
from ambassador.values.imports.imports import Note
from ambassador.values.networks.network import ProbabilityRule, RuleKind

Built = tuple[InfluenceNetwork, tuple[Note, ...]]

_UNANSWERED = (0.0, 1.0)
"""One more post nobody answered, for each tie: a single reaction to a single post is no certainty."""


@dataclass(frozen=True)
class TieBasis:
    """What a rule works on: the ties, nodes that are in without any, posts by node, a random key."""

    ties: TieArrays
    extra: Int64Array
    posts: Mapping[int, int]
    key: int


def choose_rule(ties: TieArrays, rule: ProbabilityRule, *, learned: bool = False) -> ProbabilityRule:
    """Turn ``auto`` into the best rule the ties allow; ``learned``: whether enough was learned about them.

    Examples
    --------
    >>> from ambassador.store.networks.networks import read_ties
    >>> str(choose_rule(read_ties(session), ProbabilityRule()))
    'given'
    """
    if rule.kind is not RuleKind.AUTO:
        return rule
    if learned:
        return ProbabilityRule(RuleKind.LEARNED)
    listed = ties.from_file
    if listed.any() and not np.isnan(ties.given[listed]).any():
        return ProbabilityRule(RuleKind.GIVEN)
    if len(ties) and not np.isnan(_counts(ties)).any():
        return ProbabilityRule(RuleKind.WEIGHTS)
    return ProbabilityRule(RuleKind.WEIGHTED_CASCADE)


def network_by_rule(basis: TieBasis, rule: ProbabilityRule) -> Built:
    """Build the network by one rule, ``auto`` and ``learned`` excepted.

    Examples
    --------
    >>> from ambassador.store.networks.networks import read_ties
    >>> basis = TieBasis(read_ties(session), np.empty(0, np.int64), {}, key=1)
    >>> network_by_rule(basis, ProbabilityRule.parse("constant:0.2"))[0].probability[0]
    np.float64(0.2)
    """
    return _BUILDERS[rule.kind](basis, rule)


def _given(basis: TieBasis, _rule: ProbabilityRule) -> Built:
    listed = _only(basis.ties, basis.ties.from_file)
    missing = int(np.isnan(listed.given).sum())
    if missing or not len(listed):
        raise BadInputError(
            "{missing} of {ties} ties have no probability: give them in the file, or choose another rule",
            missing=missing or len(basis.ties),
            ties=len(listed) or len(basis.ties),
        )
    notes = [Note(mark("Probabilities: as given with the ties."))]
    if len(listed) < len(basis.ties):
        left_out = mark("{ties} ties derived from mentions carry no given probability and are left out.")
        notes.append(Note(left_out, {"ties": len(basis.ties) - len(listed)}))
    network = InfluenceNetwork.from_keys(listed.source_key, listed.target_key, listed.given, keys=basis.extra)
    return network, tuple(notes)


def _weights(basis: TieBasis, _rule: ProbabilityRule) -> Built:
    ties, counts = basis.ties, _counts(basis.ties)
    missing = int(np.isnan(counts).sum())
    if missing or not len(ties):
        raise BadInputError(
            "{missing} of {ties} ties have neither a weight nor a count of interactions: choose another rule",
            missing=missing,
            ties=len(ties),
        )
    labels = np.unique(np.concatenate([ties.source_key, ties.target_key, basis.extra]))
    source, target = np.searchsorted(labels, ties.source_key), np.searchsorted(labels, ties.target_key)
    shares = replace(from_counts(source, target, counts, labels.size), labels=labels)
    posts = np.array([basis.posts.get(int(key), 0) for key in labels], dtype=np.float64)
    tried = posts[shares.out_sources]
    if ties.from_file.any() or not (tried > 0).all():
        text = mark("Probabilities: each one's share of all reactions of the other; a relative ranking only.")
        return shares, (Note(text),)
    reactions = _per_tie(shares, source, target, counts)
    probability = bernoulli(np.minimum(reactions, tried), tried, prior=_UNANSWERED)
    text = mark("Probabilities: reactions to a person's posts out of all their posts, unanswered ones too.")
    return shares.with_probability(probability), (Note(text),)


def _weighted_cascade(basis: TieBasis, _rule: ProbabilityRule) -> Built:
    text = mark("Probabilities: weighted cascade, an assumption: people listen equally to all they follow.")
    return plain_ties(basis), (Note(text),)


def _trivalency(basis: TieBasis, _rule: ProbabilityRule) -> Built:
    text = mark("Probabilities: 10%, 1% or 0.1% by chance, an assumption.")
    return trivalency(plain_ties(basis), np.random.default_rng(basis.key)), (Note(text),)


def _constant(basis: TieBasis, rule: ProbabilityRule) -> Built:
    value = rule.constant or 0.0
    text = mark("Probabilities: {value} for every tie, an assumption.")
    return constant(plain_ties(basis), value), (Note(text, {"value": f"{value:g}"}),)


_BUILDERS: dict[RuleKind, Callable[[TieBasis, ProbabilityRule], Built]] = {
    RuleKind.GIVEN: _given,
    RuleKind.WEIGHTS: _weights,
    RuleKind.WEIGHTED_CASCADE: _weighted_cascade,
    RuleKind.TRIVALENCY: _trivalency,
    RuleKind.CONSTANT: _constant,
}


def plain_ties(basis: TieBasis) -> InfluenceNetwork:
    """Build the ties alone, as the weighted cascade has them; parallel ties count once.

    Examples
    --------
    >>> from ambassador.store.networks.networks import read_ties
    >>> plain_ties(TieBasis(read_ties(session), np.empty(0, np.int64), {}, key=1)).tie_count
    7
    """
    return InfluenceNetwork.from_keys(basis.ties.source_key, basis.ties.target_key, None, keys=basis.extra)


def _counts(ties: TieArrays) -> FloatArray:
    """Return interactions where they are counted, else the weight of the file."""
    return np.where(np.isnan(ties.interactions), ties.weight, ties.interactions)


def _only(ties: TieArrays, kept: BoolArray) -> TieArrays:
    return TieArrays(*(getattr(ties, name)[kept] for name in TieArrays.__dataclass_fields__))


def _per_tie(
    network: InfluenceNetwork, source: Int64Array, target: Int64Array, counts: FloatArray
) -> FloatArray:
    """Sum counts by tie number: ties are numbered in the order of (source, target)."""
    whole = network.node_count
    numbers = network.out_sources.astype(np.int64) * whole + network.out_targets
    kept = source != target
    places = np.searchsorted(numbers, source[kept] * whole + target[kept])
    return np.bincount(places, counts[kept], minlength=network.tie_count).astype(np.float64)
