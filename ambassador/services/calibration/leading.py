"""The one law that leads in picks, forecasts and everywhere else: past results, strangers, ties, weighed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.metrics.pooling import one_apart, pooled
from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.growth.past_sizes import PastSizes, predict_sizes_by
from ambassador.services.calibration.calibration_record import KIND, log_from_json, network_beats
from ambassador.services.cascades.cascade_history import SAMPLE, CascadeHistory, read_history
from ambassador.services.learned.learned_rule import trusted_influence
from ambassador.services.networks.network import KnownTies
from ambassador.services.strangers.beside_ties import BesideTies, answered_again
from ambassador.services.strangers.starter_law import StarterLaw
from ambassador.services.work import UnitOfWork
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.learning.learning import newest_parameters, read_learning_ties
from ambassador.values.calibration.calibration import LogRecord, Way
from ambassador.values.forecasts.standing import (
    BOTH,
    RESULTS_LEAD,
    RESULTS_WON,
    TIES_LOST,
    TIES_UNPROVEN,
    TIES_WON,
)
from ambassador.values.imports.imports import Note
from ambassador.values.networks.network import ProbabilityRule

_FEWEST: Final = 20
"""Finished cascades past results are learned from, at least."""
USUAL_DOUBT: Final = 0.3
"""Prior: one launch in ten misses by a factor of 1.5 or more beyond what its parts explain."""
_AT_ONCE: Final = 10_000


@dataclass(frozen=True, eq=False)
class LeadingLaw:
    """What past cascades say of anybody's next post, by itself and beside ties, and how it is weighed."""

    history: CascadeHistory
    law: StarterLaw
    note: Note
    weights: Mapping[Way, float] = field(default_factory=dict)
    """Of the ways that look at the starter alone; they sum to 1."""
    ties_weight: float = 0.0
    beside: BesideTies | None = None
    doubt: float = USUAL_DOUBT

    @property
    def starters(self) -> list[int]:
        """Name everybody who started a cascade: of others past results know nothing."""
        keys: list[int] = np.unique(self.history.starters).tolist()
        return keys

    def samples(self, keys: Sequence[int]) -> FloatArray:
        """Return equally likely sizes of each one's next cascade by past results, one row a key."""
        made = [(self._of(way, np.asarray(keys, np.int64)), weight) for way, weight in self.weights.items()]
        known = [(sample, weight) for sample, weight in made if sample is not None]
        if len(known) < 2:  # noqa: PLR2004 - nothing to weigh
            return known[0][0] if known else one_apart(self.law.samples(keys))
        return pooled([one for one, _ in known], np.array([weight for _, weight in known]), SAMPLE)

    def moments(self, keys: Sequence[int]) -> tuple[FloatArray, FloatArray]:
        """Return the expected people of each one's next post, and the squared variation around it."""
        if set(self.weights) <= {Way.STRANGERS}:
            return self.law.expected(keys)
        parts = [self.samples(keys[at : at + _AT_ONCE]) for at in range(0, len(keys), _AT_ONCE)]
        means = np.concatenate([part.mean(axis=1) for part in parts])
        return means, np.concatenate([part.var(axis=1) for part in parts]) / means**2

    def beside_of(self, ties: KnownTies) -> tuple[KnownTies, BesideTies | None]:
        """Return the ties strangers come beside, and those; all ties and nobody where they are assumed.

        Where a tie is assumed to carry, nobody knows how many strangers are in it already.
        """
        if self.beside is None or not ties.are_measured:
            return ties, None
        known = ties.basis.ties
        again = answered_again(self.history, len(self.history), known.source_key, known.target_key)
        return ties.where(known.from_file | again), self.beside

    @cached_property
    def _past(self) -> PastSizes:
        return PastSizes.learn(self.history.log(self.history.people, 0, len(self.history)))

    def _of(self, way: Way, keys: Int64Array) -> FloatArray | None:
        if way is Way.PAST:
            found = self._past.quantiles(self.history.numbers(keys), SAMPLE)
        elif way is Way.FOLLOWERS:
            found = self._by_followers(keys)
        else:
            found = self.law.samples(keys)
        return None if found is None else one_apart(found)

    def _by_followers(self, keys: Int64Array) -> FloatArray | None:
        score, crowd = np.log1p(self.history.followers), self.history.crowd
        known = ~np.isnan(score)
        if not known.any():
            return None
        asked = np.log1p(np.array([crowd.get(key, np.nan) for key in keys.tolist()], np.float64))
        asked = np.where(np.isnan(asked), score[known].mean(), asked)
        return predict_sizes_by(score[known], self.history.sizes[known], asked, SAMPLE)


def leading_law(session: Session, work: UnitOfWork) -> LeadingLaw | None:
    """Return the law past results, strangers and ties make together; None where too little is past.

    Weights are those of the last check of the past. Before there is one, past results lead, save where files
    say who hears from whom and nothing has judged that yet: that somebody answered once says little of who
    answers next.

    Examples
    --------
    >>> leading_law(session, work) is None
    True
    """
    kept = newest_parameters(session, KIND)
    log = log_from_json(kept.metrics) if kept else None
    history = read_history(session, work)
    law = StarterLaw.learn(history, len(history)) if len(history) >= _FEWEST else None
    if law is None:
        return None
    weights, ties = _weights(log, unproven_ties=bool(count_evidence(session).file_ties))
    if ties and log is not None and log.weights and trusted_influence(session, ProbabilityRule()) is None:
        ties = 0.0  # what was judged are learned ties: assumed ones were not
    beside = BesideTies.learn(history, read_learning_ties(session), len(history))
    doubt = USUAL_DOUBT if log is None or log.doubt is None else log.doubt
    return LeadingLaw(history, law, _note(log, history, ties), weights, ties, beside, doubt)


def _weights(log: LogRecord | None, *, unproven_ties: bool) -> tuple[dict[Way, float], float]:
    """Part the weights into those of ways that look at the starter alone, summing to 1, and that of ties."""
    given = {Way(name): weight for name, weight in log.weights.items() if weight} if log else {}
    if log is None or log.network_beats is None:
        given.pop(Way.NETWORK, None)
        ties = float(unproven_ties)
    elif not log.weights:
        ties = float(log.network_beats)
    else:
        ties = given.pop(Way.NETWORK, 0.0)
    alone = sum(given.values())
    if not alone:
        return {log.best_by_starter if log else Way.STRANGERS: 1.0}, ties
    return {way: weight / alone for way, weight in given.items()}, ties


def _note(log: LogRecord | None, history: CascadeHistory, ties: float) -> Note:
    beats = log.network_beats if log else None
    known = {"cascades": len(history), "people": int(np.unique(history.starters).size)}
    if ties == 0:
        return Note(RESULTS_LEAD if beats is None else RESULTS_WON, known)
    if ties < 1:
        share = round(100 * ties)
        return Note(BOTH, {**known, "ties": share, "results": 100 - share})
    return Note(TIES_UNPROVEN if beats is None else TIES_WON)


def ties_note(session: Session) -> Note:
    """Tell in a sentence how far ties may be believed, where they alone were used.

    Examples
    --------
    >>> str(ties_note(session))
    'Built on ties. Whether they forecast better than past results is not known yet.'
    """
    beats = network_beats(session)
    if beats is None:
        return Note(TIES_UNPROVEN)
    return Note(TIES_WON if beats else TIES_LOST)
