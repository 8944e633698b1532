"""Probabilities learned from the organisation's own past, laid over the ties of today."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.influence import LearnedInfluence
from ambassador.propagation.network import InfluenceNetwork
from ambassador.services.learned.learned import load_learned
from ambassador.store.learning.learning import newest_parameters
from ambassador.values.imports.imports import Note
from ambassador.values.learning import FEWEST_JOINED, FLOOR, ranks_below
from ambassador.values.networks.network import ProbabilityRule, RuleKind

_COVERED: Final = 0.5
"""Share of today's ties a learned set must know to speak for them."""
_GUESSING: Final = 0.5
"""Area under the curve of whoever tosses a coin."""
_CAUTION: Final = 0.1
"""Ties nobody learned about get the common probability, held as loosely as the loosest tenth."""


class LearnedTies(NamedTuple):
    """A network with learned probabilities, alpha + beta by tie, and what to say about it."""

    network: InfluenceNetwork
    strength: FloatArray
    notes: tuple[Note, ...]


class Trusted(NamedTuple):
    """What was learned last, and where it is kept."""

    influence: LearnedInfluence
    parameter_set_id: int


def trusted_influence(session: Session, rule: ProbabilityRule) -> Trusted | None:
    """Return what was learned last, where the rule wants it.

    Asked for by name it is used as it is; by default only where it beat every simple way on the last part of
    the organisation's own past.

    Examples
    --------
    >>> trusted_influence(session, ProbabilityRule()) is None
    True
    """
    row = newest_parameters(session) if rule.kind in {RuleKind.AUTO, RuleKind.LEARNED} else None
    if row is None or (rule.kind is RuleKind.AUTO and not beats_baselines(row.metrics)):
        return None
    influence = load_learned(session)
    return None if influence is None else Trusted(influence, row.id or 0)


def beats_baselines(metrics: Mapping[str, Any]) -> bool:
    """Check whether a learned set told better who joined than each simple way, on cascades it had not seen.

    What is compared are the tie probabilities alone, as these are what picks and forecasts run on. They must
    also rank people better than guessing, and no worse than partial credit, by cascade, with a positive
    slope, where enough people joined.

    Examples
    --------
    >>> check = {"log_likelihood": -0.4, "baselines": {"activity_only": {"log_likelihood": -0.5}}}
    >>> beats_baselines({"check": check}), beats_baselines({})
    (True, False)
    """
    check = metrics.get("check")
    if not check or not check["baselines"]:
        return False
    best = max(one["log_likelihood"] for one in check["baselines"].values())
    ties = check.get("stored") or check
    return bool(ties["log_likelihood"] > best) and _is_sound(check, ties)


def _is_sound(check: Mapping[str, Any], ties: Mapping[str, Any]) -> bool:
    """Check that enough joined, and that ties rank people the right way by more than chance."""
    joined, slope, auc = check.get("activated"), check.get("stored_slope"), ties.get("auc")
    enough = joined is None or joined >= FEWEST_JOINED
    forwards = slope is None or slope > 0
    ranks = auc is None or auc - 2 * (check.get("stored_auc_error") or 0.0) > _GUESSING
    floor = (check.get("baselines") or {}).get(FLOOR) or {}
    below = ranks_below(auc, check.get("stored_auc_error"), floor.get("auc"))
    return enough and forwards and ranks and not below


def covers(learned: LearnedInfluence, source: Iterable[int], target: Iterable[int]) -> bool:
    """Check whether a learned set knows enough of these ties, given by node keys."""
    places = _places(learned, np.fromiter(source, np.int64), np.fromiter(target, np.int64))
    return places.size > 0 and float((places >= 0).mean()) >= _COVERED


def lay_over(plain: InfluenceNetwork, learned: LearnedInfluence) -> LearnedTies:
    """Put each tie's posterior on it; ties newer than what was learned get the common one, loosely."""
    keys = np.asarray(plain.labels, dtype=np.int64)
    places = _places(learned, keys[plain.out_sources], keys[plain.out_targets])
    known = places >= 0
    strength = learned.alpha + learned.beta
    mean = learned.alpha / strength
    common = float(mean.mean()) if mean.size else 0.0
    loose = float(np.quantile(strength, _CAUTION)) if strength.size else 1.0
    probability = np.where(known, mean[places] if mean.size else common, common)
    held = np.where(known, strength[places] if strength.size else loose, loose)
    notes = [Note(mark("Probabilities: learned from your own past, each tie with its uncertainty."))]
    missing = int((~known).sum())
    if missing:
        text = mark("{ties} ties are newer than what was learned: they get the common probability.")
        notes.append(Note(text, {"ties": missing}))
    return LearnedTies(plain.with_probability(probability), held, tuple(notes))


def _places(learned: LearnedInfluence, source: Int64Array, target: Int64Array) -> Int64Array:
    """Find the tie number of each pair of keys in the learned set; -1 where it is not there."""
    network = learned.network
    labels = np.asarray(network.labels, dtype=np.int64)
    if not labels.size or not network.tie_count or not source.size:
        return np.full(source.size, -1)
    heads, tails = (np.minimum(np.searchsorted(labels, keys), labels.size - 1) for keys in (source, target))
    there = (labels[heads] == source) & (labels[tails] == target)
    numbers = network.out_sources.astype(np.int64) * labels.size + network.out_targets
    wanted = heads.astype(np.int64) * labels.size + tails
    places = np.minimum(np.searchsorted(numbers, wanted), numbers.size - 1)
    return np.where(there & (numbers[places] == wanted), places, -1)
