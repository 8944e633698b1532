"""Which law leads, in picks, forecasts and everywhere else: ties, or what past posts of people brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.propagation.arrays import FloatArray
from ambassador.services.calibration.calibration_record import KIND, log_from_json, network_beats
from ambassador.services.cascades.cascade_history import CascadeHistory, read_history
from ambassador.services.strangers.starter_law import StarterLaw
from ambassador.services.work import UnitOfWork
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.learning.learning import newest_parameters
from ambassador.values.calibration.calibration import Way
from ambassador.values.imports.imports import Note

_FEWEST: Final = 20
"""Finished cascades past results are learned from, at least."""
_AT_ONCE: Final = 10_000
_RESULTS_LEAD: Final = mark(
    "Built on {cascades} past cascades started by {people} people: what their posts brought, strangers "
    "included. Nobody's followers are known."
)
_RESULTS_WON: Final = mark(
    "Built on {cascades} past cascades started by {people} people: what their posts brought, strangers "
    "included. On your own past, ties did not forecast better."
)
_TIES_WON: Final = mark("Built on ties: on your own past they forecast better than past results.")
_TIES_UNPROVEN: Final = mark(
    "Built on ties. Whether they forecast better than past results is not known yet."
)
_TIES_LOST: Final = mark(
    "Built on ties, which on your own past did not forecast better than past results: read it as a scenario."
)


@dataclass(frozen=True, eq=False)
class Results:
    """What past cascades say of the next post of anybody."""

    history: CascadeHistory
    law: StarterLaw
    way: Way
    note: Note

    @property
    def starters(self) -> list[int]:
        """Name everybody who started a cascade: of others a pick knows nothing."""
        keys: list[int] = np.unique(self.history.starters).tolist()
        return keys

    def samples(self, keys: Sequence[int]) -> FloatArray:
        """Return equally likely sizes of each one's next cascade, one row a key."""
        sizes = self.history.past_sizes(len(self.history), keys) if self.way is Way.PAST else None
        return self.law.samples(keys) if sizes is None else sizes

    def moments(self, keys: Sequence[int]) -> tuple[FloatArray, FloatArray]:
        """Return the expected people of each one's next post, and the squared variation around it."""
        if self.way is Way.STRANGERS:
            return self.law.expected(keys)
        parts = [self.samples(keys[at : at + _AT_ONCE]) for at in range(0, len(keys), _AT_ONCE)]
        means = np.concatenate([part.mean(axis=1) for part in parts])
        return means, np.concatenate([part.var(axis=1) for part in parts]) / means**2


def leading_results(session: Session, work: UnitOfWork) -> Results | None:
    """Return past results where they lead; None where ties do, or where too little is past.

    Ties lead where they beat past results by more than chance, and until that is known where files say who
    hears from whom: that somebody answered once says little of who answers next.

    Examples
    --------
    >>> leading_results(session, work) is None
    True
    """
    kept = newest_parameters(session, KIND)
    log = log_from_json(kept.metrics) if kept else None
    beats = log.network_beats if log else None
    if beats or (beats is None and count_evidence(session).file_ties):
        return None
    history = read_history(session, work)
    law = StarterLaw.learn(history, len(history)) if len(history) >= _FEWEST else None
    if law is None:
        return None
    known = {"cascades": len(history), "people": int(np.unique(history.starters).size)}
    note = Note(_RESULTS_LEAD if beats is None else _RESULTS_WON, known)
    return Results(history, law, log.best_by_starter if log else Way.STRANGERS, note)


def ties_note(session: Session) -> Note:
    """Tell in a sentence how far ties may be believed, where they were used.

    Examples
    --------
    >>> str(ties_note(session))
    'Built on ties. Whether they forecast better than past results is not known yet.'
    """
    beats = network_beats(session)
    if beats is None:
        return Note(_TIES_UNPROVEN)
    return Note(_TIES_WON if beats else _TIES_LOST)
