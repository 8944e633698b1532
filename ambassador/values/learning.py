"""What was learned about influence, and how good it proved, for shells and pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from ambassador.i18n import mark
from ambassador.values.imports.imports import Note, RejectedRow

ENOUGH_ACTIVATIONS: Final = 30
ENOUGH_CASCADES: Final = 10
"""From here on learned probabilities are worth offering; below, the plain rules are."""
FEWEST_SEEN: Final = 5
"""Cascades in which a person was heard, or heard somebody, before the past says how they move others."""

FEWEST_JOINED: Final = 20
"""People who joined in the cascades kept aside, from which on the check says which way is better."""
FLOOR: Final = "goyal_partial_credit"
"""The simple way along ties: whoever picks by single ties must not rank people clearly worse than it does."""
_GUESSING: Final = 0.5
_USE: Final = mark("Use it: along ties it told who joins better than every simple way.")
_SIMPLE: Final = mark(
    "Use the simple way {name}: ties alone told no better. A longer log, or ties of a file, could change "
    "that."
)
_GUESSES: Final = mark(
    "Do not use it: ties alone ranked people no better than guessing. Other ties could change that; "
    "more of the same posts will hardly."
)
_TOO_FEW: Final = mark("Too little to tell: {joined} people joined; {missing} more are needed.")


class TieDirection(StrEnum):
    """Which way the ties of a file run; ``auto`` tries both on the last part of the past."""

    AS_LISTED = "as-listed"
    REVERSED = "reversed"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Predictions of about the same size: how large they were, and how often the thing happened."""

    predicted: float
    observed: float
    count: int


@dataclass(frozen=True, slots=True)
class PredictionScore:
    """How good one way of predicting was; ``auc`` is None where all or none activated."""

    auc: float | None
    log_likelihood: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class InfluenceEvaluation:
    """How well influence learned from some cascades told who joined others."""

    auc: float | None
    log_likelihood: float
    calibration_error: float
    exposed: int
    baselines: Mapping[str, PredictionScore]
    direction: TieDirection
    activated: int
    silent: int
    calibration_slope: float | None = None
    top_share_error: float | None = None
    """Observed less predicted among the top 5%, in standard errors, as if all people were independent."""
    top_share_error_by_cascade: float | None = None
    """The same where people of one cascade join or stay away together, as they do."""
    stored: PredictionScore | None = None
    """How the tie probabilities alone do, which picks and forecasts run on."""
    stored_slope: float | None = None
    reliability: tuple[ReliabilityBin, ...] = ()
    trained_on: int = 0
    tested_on: int = 0
    ties: int = 0
    outside_share: float = 0.0
    """Part of the test activations that nobody active explains."""
    notes: Mapping[str, int] = field(default_factory=dict)
    """Rows that could not be used, by file."""
    stored_auc_error: float | None = None
    """Standard error of the area under the curve of ties alone, by cascade."""
    rejected_rows: tuple[RejectedRow, ...] = ()
    stored_top_error_by_cascade: float | None = None
    """Of ties alone, observed less predicted among the top 5%, in standard errors by cascade."""

    @property
    def verdict(self) -> Note:
        """What to do with it, in a sentence: use it, use the simple way, or too little to tell."""
        if self.activated < FEWEST_JOINED:
            return Note(_TOO_FEW, {"joined": self.activated, "missing": FEWEST_JOINED - self.activated})
        ties = self.stored or PredictionScore(self.auc, self.log_likelihood, self.calibration_error)
        guesses = ties.auc is None or ties.auc - 2 * (self.stored_auc_error or 0.0) <= _GUESSING
        backwards = self.stored_slope is not None and self.stored_slope <= 0
        if guesses or backwards:
            return Note(_GUESSES)
        best = max(self.baselines.items(), key=lambda one: one[1].log_likelihood, default=None)
        if best is not None and best[1].log_likelihood >= ties.log_likelihood:
            return Note(_SIMPLE, {"name": best[0]})
        floor = self.baselines.get(FLOOR)
        if floor is not None and ranks_below(ties.auc, self.stored_auc_error, floor.auc):
            return Note(_SIMPLE, {"name": FLOOR})
        return Note(_USE)


def ranks_below(auc: float | None, error: float | None, floor: float | None) -> bool:
    """Check whether a ranking is worse than another by more than two standard errors, by cascade.

    Examples
    --------
    >>> ranks_below(0.80, 0.01, 0.83), ranks_below(0.82, 0.01, 0.83), ranks_below(None, None, 0.83)
    (True, False, False)
    """
    return auc is not None and floor is not None and auc + 2 * (error or 0.0) < floor


@dataclass(frozen=True, slots=True)
class Moving:
    """One person as the past shows them, with the evidence."""

    handle: str
    name: str
    person_id: int | None
    platform: str
    listeners: int
    """Ties out of them for the contagious, into them for the susceptible."""
    strength: float
    """People who joined after one of their posts; for the susceptible, how often they join when exposed.

    Drawn to what is common, the more so the less was seen.
    """
    at_least: float
    """The lower end of the 90% interval of ``strength``, by which the list is ordered."""
    seen: int
    """Cascades it rests on: in which listeners heard them, or in which they heard somebody."""
    posts: int
    """Cascades they took part in."""
    counted_on: float
    """What picks and forecasts count on: joiners per post, or the chance to join if all they hear post."""

    @property
    def known(self) -> bool:
        """Whether enough was seen to name this person."""
        return self.seen >= FEWEST_SEEN


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long people wait before they pass word on, on one platform ("" for all)."""

    platform: str
    median_seconds: float
    nine_in_ten_seconds: float
    delays: int


@dataclass(frozen=True, slots=True)
class WhatItRestsOn:
    """What there is to learn from."""

    cascades: int
    activations: int
    """Posts after the first of a cascade, by different people."""
    explained: int
    """Those of them by people who listen to somebody active before."""
    people: int
    ties: int


def is_enough(rests_on: WhatItRestsOn) -> bool:
    """Whether this much can teach more than an assumption says."""
    return rests_on.explained >= ENOUGH_ACTIVATIONS and rests_on.cascades >= ENOUGH_CASCADES


@dataclass(frozen=True, slots=True)
class LearnedView:
    """What was learned, from how much, and how it proved on the last part of the past."""

    number: int
    learned_at: datetime
    trained_until: datetime | None
    rests_on: WhatItRestsOn
    check: InfluenceEvaluation | None
    """None where the past is too short to keep a part of it for checking."""
    mean_probability: float
    outside_share: float
    heat: float
    contagious: tuple[Moving, ...]
    susceptible: tuple[Moving, ...]
    waiting: tuple[Waiting, ...]
    stale: bool = False
    """Whether there are posts or ties it has not seen."""
    by_default: bool = False
    """Whether picks and forecasts use it unless told otherwise: it beat every simple way."""

    @property
    def enough(self) -> bool:
        """Whether it rests on enough to say more than an assumption."""
        return is_enough(self.rests_on)

    @property
    def beats_activity(self) -> bool:
        """Whether it was better than how active people are, on their own past."""
        if self.check is None:
            return False
        return self.check.log_likelihood > self.check.baselines["activity_only"].log_likelihood


@dataclass(frozen=True, slots=True)
class LearnOverview:
    """What the Learn page shows: what there is to learn from, and what was learned."""

    rests_on: WhatItRestsOn
    learned: LearnedView | None

    @property
    def enough(self) -> bool:
        """Whether there is enough to learn from."""
        return is_enough(self.rests_on)
